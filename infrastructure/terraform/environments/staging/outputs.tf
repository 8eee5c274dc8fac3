output "url" {
  description = "Where people find the product."
  value       = module.environment.url
}

output "deployment" {
  description = "What the pipeline needs to know."
  value       = module.environment.deployment
}

output "operations" {
  description = "What people need to know."
  value       = module.environment.operations
}

output "checkpoint_publisher_role_arn" {
  description = "Role that publishes checkpoints, for environments/audit."
  value       = module.environment.checkpoint_publisher_role_arn
}

output "names" {
  description = "How the parts are called."
  value       = module.environment.names
}

output "sizes" {
  description = "What was made, in numbers."
  value       = module.environment.sizes
}
