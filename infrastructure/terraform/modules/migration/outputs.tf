output "task_family" {
  description = "Family of its task definitions."
  value       = module.task.family
}

output "task_definition_arns" {
  description = "All revisions of it, as a policy names them."
  value       = module.task.task_definition_arns
}

output "passed_role_arns" {
  description = "Roles that whoever registers or runs it must be able to pass."
  value       = module.task.passed_role_arns
}

output "security_group_id" {
  description = "Security group of its tasks."
  value       = aws_security_group.this.id
}

output "log_group" {
  description = "Name and ARN of its log."
  value       = module.task.log_group
}

output "variables" {
  description = "Variables of its container that are no secrets."
  value       = var.environment
}

output "secret_variables" {
  description = "Variables of its container that are secrets."
  value       = sort(keys(var.secrets))
}
