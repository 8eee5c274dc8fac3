module "environment" {
  source = "../../modules/environment"

  environment    = "prod"
  cidr           = "10.30.0.0/16"
  endpoint_zones = 3

  database = {
    instance_class              = "db.m7g.large"
    multi_az                    = true
    read_replica_instance_class = var.read_replica_instance_class
    allocated_storage_gb        = 100
    max_allocated_storage_gb    = 2000
    backup_retention_days       = 35
    max_connections             = 800 # of 8 GB of memory
  }

  command = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 6 } }
  query   = { cpu = 1024, memory_mb = 2048, tasks = { min = 3, max = 8 } }

  deployment         = { canary_percent = 10, canary_bake_minutes = 15, bake_minutes = 60 }
  container_insights = "enhanced"
  monthly_budget_usd = 1000

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
