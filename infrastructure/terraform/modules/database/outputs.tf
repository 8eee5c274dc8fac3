output "writer_identifier" {
  description = "Identifier of the writer, for metrics."
  value       = aws_db_instance.writer.identifier
}

output "replica_identifier" {
  description = "Identifier of the read replica, for metrics; null if there is none."
  value       = one(aws_db_instance.replica[*].identifier)
}

output "writer_address" {
  description = "Host name of the writer; it stays when the standby takes over."
  value       = aws_db_instance.writer.address
}

output "replica_address" {
  description = "Host name of the read replica; null if there is none."
  value       = one(aws_db_instance.replica[*].address)
}

output "security_group_id" {
  description = "Security group of writer and replica."
  value       = aws_security_group.this.id
}

output "operators_security_group_id" {
  description = "Security group for shells of operators that must reach the database."
  value       = aws_security_group.operators.id
}

output "role_secret_arns" {
  description = "ARN of the secret of each role: command, query, migrator, auditor."
  value       = { for role, secret in aws_secretsmanager_secret.role : role => secret.arn }
}

output "administrator_secret_arn" {
  description = "ARN of the secret of the administrator, which RDS makes and rotates."
  value       = aws_db_instance.writer.master_user_secret[0].secret_arn
}

output "size" {
  description = "What was made: class of writer and replica (null if there is none), standby, disk in GB, days that can be gone back."
  value = {
    writer       = aws_db_instance.writer.instance_class
    replica      = one(aws_db_instance.replica[*].instance_class)
    standby      = aws_db_instance.writer.multi_az
    disk_gb      = aws_db_instance.writer.allocated_storage
    most_disk_gb = aws_db_instance.writer.max_allocated_storage
    days_back    = aws_db_instance.writer.backup_retention_period
    protected    = aws_db_instance.writer.deletion_protection
  }
}
