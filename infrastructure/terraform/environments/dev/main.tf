# To try things in: one of everything, in one zone, and it can be thrown away.
module "environment" {
  source = "../../modules/environment"

  environment    = "dev"
  cidr           = "10.10.0.0/16"
  endpoint_zones = 1

  database = {
    instance_class           = "db.t4g.small"
    multi_az                 = false
    allocated_storage_gb     = 20
    max_allocated_storage_gb = 100
    backup_retention_days    = 7
    max_connections          = 180 # of 2 GB of memory
  }

  command = { cpu = 512, memory_mb = 1024, tasks = { min = 1, max = 2 } }
  query   = { cpu = 512, memory_mb = 1024, tasks = { min = 1, max = 2 } }

  deployment          = { bake_minutes = 5 } # nobody is there to be a canary's share
  container_insights  = "disabled"
  deletion_protection = false
  monthly_budget_usd  = 250

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
