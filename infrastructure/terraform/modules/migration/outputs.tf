output "task_family" {
  description = "Family of its task definitions."
  value       = aws_ecs_task_definition.this.family
}

output "task_definition_arns" {
  description = "All revisions of it, as a policy names them."
  value       = ["arn:${local.partition}:ecs:${local.region}:${local.account}:task-definition/${aws_ecs_task_definition.this.family}:*"]
}

output "passed_role_arns" {
  description = "Roles that whoever registers or runs it must be able to pass."
  value       = [aws_iam_role.execution.arn]
}

output "security_group_id" {
  description = "Security group of its tasks."
  value       = aws_security_group.this.id
}

output "log_group" {
  description = "Name and ARN of its log."
  value       = { name = aws_cloudwatch_log_group.this.name, arn = aws_cloudwatch_log_group.this.arn }
}

output "variables" {
  description = "Variables of its container that are no secrets."
  value       = var.environment
}

output "secret_variables" {
  description = "Variables of its container that are secrets."
  value       = sort(keys(var.secrets))
}
