output "repository_urls" {
  description = "Address of each repository."
  value       = module.registry.repository_urls
}

output "repository_arns" {
  description = "Repositories, for the environments."
  value       = values(module.registry.repository_arns)
}

output "push_role_arn" {
  description = "Role that the pipeline takes on the main branch to push images."
  value       = module.push_role.role_arn
}

output "github_oidc_provider_arn" {
  description = "GitHub as identity provider, for environments in the same account."
  value       = module.push_role.oidc_provider_arn
}
