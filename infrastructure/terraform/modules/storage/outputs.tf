output "receipts_bucket" {
  description = "Name and ARN of the bucket of receipts."
  value       = { name = aws_s3_bucket.receipts.id, arn = aws_s3_bucket.receipts.arn }
}

output "access_logs_bucket_name" {
  description = "Name of the bucket of the balancer's access logs."
  value       = aws_s3_bucket.access_logs.id

  depends_on = [aws_s3_bucket_policy.this] # balancers refuse a bucket that they cannot write to
}

output "checkpoints" {
  description = "File system, access point and security group of the folder of checkpoints."
  value = {
    file_system_id    = aws_efs_file_system.checkpoints.id
    file_system_arn   = aws_efs_file_system.checkpoints.arn
    access_point_id   = aws_efs_access_point.checkpoints.id
    security_group_id = aws_security_group.checkpoints.id
  }

  depends_on = [aws_efs_mount_target.checkpoints] # tasks cannot start without
}
