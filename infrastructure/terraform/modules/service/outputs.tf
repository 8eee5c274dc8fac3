output "name" {
  description = "Name of the service."
  value       = aws_ecs_service.this.name
}

output "arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "security_group_id" {
  description = "Security group of its tasks."
  value       = aws_security_group.this.id
}

output "target_group_arn_suffixes" {
  description = "Suffixes of the target groups' ARNs, by colour, for metrics."
  value       = { for colour, group in aws_lb_target_group.this : colour => group.arn_suffix }
}

output "rollback_alarm_names" {
  description = "Alarms that take a deployment back."
  value       = [for alarm in local.rollback_alarms : alarm.alarm_name]
}

output "size" {
  description = "What was made: how many tasks at least and at most, and how a new version takes over."
  value = {
    min            = aws_appautoscaling_target.this.min_capacity
    max            = aws_appautoscaling_target.this.max_capacity
    strategy       = aws_ecs_service.this.deployment_configuration[0].strategy
    canary_percent = try(aws_ecs_service.this.deployment_configuration[0].canary_configuration[0].canary_percent, null)
    bake_minutes   = tonumber(aws_ecs_service.this.deployment_configuration[0].bake_time_in_minutes)
  }
}
