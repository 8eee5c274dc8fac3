output "family" {
  description = "Family of its task definitions."
  value       = aws_ecs_task_definition.this.family
}

output "task_definition_arn" {
  description = "The newest revision that Terraform made; whoever has it can start it."
  value       = aws_ecs_task_definition.this.arn
  depends_on  = [aws_iam_role_policy.execution, aws_iam_role_policy.task]
}

output "task_definition_arns" {
  description = "All revisions of it, as a policy names them."
  value       = ["arn:${local.partition}:ecs:${local.region}:${local.account}:task-definition/${aws_ecs_task_definition.this.family}:*"]
}

output "name" {
  description = "Name of its container."
  value       = var.container
}

output "port" {
  description = "Port that the container answers on; null for none."
  value       = var.port
}

output "variables" {
  description = "Variables of the container that are no secrets."
  value       = var.environment
}

output "secret_variables" {
  description = "Variables of the container that are secrets."
  value       = sort(keys(var.secrets))
}

output "container" {
  description = "The container, as ECS is told."
  value       = jsondecode(aws_ecs_task_definition.this.container_definitions)[0]
}

output "size" {
  description = "CPU in 1/1024 of a core, memory in MB."
  value       = { cpu = tonumber(aws_ecs_task_definition.this.cpu), memory_mb = tonumber(aws_ecs_task_definition.this.memory) }
}

output "task_role_arn" {
  description = "Role that the task has; null for none."
  value       = one(aws_iam_role.task[*].arn)
}

output "task_policy" {
  description = "What the task may do in AWS, as JSON; null for nothing."
  value       = one(aws_iam_role_policy.task[*].policy)
}

output "passed_role_arns" {
  description = "Roles that whoever registers or runs it must be able to pass."
  value       = concat(aws_iam_role.task[*].arn, [aws_iam_role.execution.arn])
}

output "log_group" {
  description = "Name and ARN of its log."
  value       = { name = aws_cloudwatch_log_group.this.name, arn = aws_cloudwatch_log_group.this.arn }
}
