output "role_arn" {
  description = "Role that the pipeline takes."
  value       = aws_iam_role.this.arn
}

output "oidc_provider_arn" {
  description = "GitHub as identity provider of this account."
  value       = local.provider_arn
}
