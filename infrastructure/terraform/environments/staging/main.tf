# Production's shape on smaller machines: what is tried here fails here.
module "environment" {
  source = "../../modules/environment"

  environment    = "staging"
  cidr           = "10.20.0.0/16"
  endpoint_zones = 3

  database = {
    instance_class           = "db.t4g.medium"
    multi_az                 = true
    allocated_storage_gb     = 50
    max_allocated_storage_gb = 500
    backup_retention_days    = 14
    max_connections          = 380 # of 4 GB of memory
  }

  command = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 4 } }
  query   = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 4 } }

  deployment         = { canary_percent = 10, canary_bake_minutes = 5, bake_minutes = 15 }
  monthly_budget_usd = 600

  domain_name              = var.domain_name
  zone_id                  = var.zone_id
  images                   = var.images
  repository_arns          = var.repository_arns
  database_ca_file         = var.database_ca_file
  rotate_passwords         = var.rotate_passwords
  migrates_at_start        = var.migrates_at_start
  administrator_email      = var.administrator_email
  replaced_keys            = var.replaced_keys
  administrator_role_arns  = var.administrator_role_arns
  checkpoint_bucket        = var.checkpoint_bucket
  github_repository        = var.github_repository
  github_oidc_provider_arn = var.github_oidc_provider_arn
  lifecycle_hooks          = var.lifecycle_hooks
  alarm_emails             = var.alarm_emails
}
