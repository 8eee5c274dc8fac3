output "name" {
  description = "Name of the service, and of its container."
  value       = aws_ecs_service.this.name
}

output "arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "task_family" {
  description = "Family of its task definitions."
  value       = module.task.family
}

output "security_group_id" {
  description = "Security group of its tasks."
  value       = aws_security_group.this.id
}

output "task_role_arn" {
  description = "Role that its tasks have."
  value       = module.task.task_role_arn
}

output "task_policy" {
  description = "What its tasks may do in AWS, as JSON; null for nothing."
  value       = module.task.task_policy
}

output "passed_role_arns" {
  description = "Roles that whoever registers a task definition must be able to pass."
  value       = module.task.passed_role_arns
}

output "log_group_name" {
  description = "Name of its log."
  value       = module.task.log_group.name
}

output "target_group_arn_suffixes" {
  description = "Suffixes of the target groups' ARNs, by colour, for metrics."
  value       = { for colour, group in aws_lb_target_group.this : colour => group.arn_suffix }
}

output "rollback_alarm_names" {
  description = "Alarms that take a deployment back."
  value       = [for alarm in local.rollback_alarms : alarm.alarm_name]
}

output "variables" {
  description = "Variables of its container that are no secrets."
  value       = var.environment
}

output "secret_variables" {
  description = "Variables of its container that are secrets."
  value       = sort(keys(var.secrets))
}

output "size" {
  description = "What was made: CPU and memory of a task, how many at least and at most, and how a new version takes over."
  value = {
    cpu            = module.task.size.cpu
    memory_mb      = module.task.size.memory_mb
    min            = aws_appautoscaling_target.this.min_capacity
    max            = aws_appautoscaling_target.this.max_capacity
    strategy       = aws_ecs_service.this.deployment_configuration[0].strategy
    canary_percent = try(aws_ecs_service.this.deployment_configuration[0].canary_configuration[0].canary_percent, null)
    bake_minutes   = tonumber(aws_ecs_service.this.deployment_configuration[0].bake_time_in_minutes)
  }
}
