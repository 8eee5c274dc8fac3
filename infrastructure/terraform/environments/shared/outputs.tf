output "repository_urls" {
  description = "Address of each repository."
  value       = module.registry.repository_urls
}

output "repository_arns" {
  description = "Repositories, for the environments."
  value       = values(module.registry.repository_arns)
}

output "registry" {
  description = "What the pipeline needs to know to push images from the main branch: the region, the role it takes, and what the repositories' addresses begin with."
  value = {
    region   = var.region
    role_arn = module.push_role.role_arn
    url      = trimsuffix(module.registry.repository_urls["command-service"], "/command-service")
  }
}

output "github_oidc_provider_arn" {
  description = "GitHub as identity provider, for environments in the same account."
  value       = module.push_role.oidc_provider_arn
}
