output "role_arn" {
  description = "Role that the pipeline takes."
  value       = aws_iam_role.this.arn
}

output "oidc_provider_arn" {
  description = "GitHub as identity provider of this account."
  value       = local.provider_arn
}

output "run_task_definition_arns" {
  description = "What may be run as a task of its own."
  value       = flatten(var.deploy[*].migrations.task_definition_arns)
}
