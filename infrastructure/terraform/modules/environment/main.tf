# The product as a whole. Environments differ in size and nothing else, so they all are this module with other numbers.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  name    = "${var.product}-${var.environment}"
  account = data.aws_caller_identity.current.account_id

  receipts_bucket = "${local.name}-receipts-${local.account}"

  command = "command-service"
  query   = "query-service"

  database_url = "jdbc:postgresql://${module.database.writer_address}:5432/meals?${local.database_tls}"

  # verify-full needs the certificates of RDS in the image; without them the connection is encrypted, but to whom?
  database_tls = var.database_ca_file == null ? "sslmode=require" : "sslmode=verify-full&sslrootcert=${var.database_ca_file}"

  # Each task of each colour keeps its pools; while a deployment lasts there are twice as many tasks.
  most_connections = 2 * (var.command.tasks.max * (var.pool_sizes.command + 4) + var.query.tasks.max * (var.pool_sizes.query + var.pool_sizes.log + 2))
}

module "keys" {
  source = "../keys"

  name = local.name
}

module "network" {
  source = "../network"

  name           = local.name
  cidr           = var.cidr
  endpoint_zones = var.endpoint_zones
  bucket_names   = compact([local.receipts_bucket, one(var.checkpoint_bucket[*].bucket)])
  logs_key_arn   = module.keys.key_arns["logs"]
}

module "database" {
  source = "../database"

  name                        = local.name
  region                      = data.aws_region.current.id
  vpc_id                      = module.network.vpc_id
  subnet_ids                  = module.network.database_subnet_ids
  function_subnet_ids         = module.network.private_subnet_ids
  endpoint_security_group_id  = module.network.endpoint_security_group_id
  s3_prefix_list_id           = module.network.s3_prefix_list_id
  instance_class              = var.database.instance_class
  multi_az                    = var.database.multi_az
  read_replica_instance_class = var.database.read_replica_instance_class
  allocated_storage_gb        = var.database.allocated_storage_gb
  max_allocated_storage_gb    = var.database.max_allocated_storage_gb
  backup_retention_days       = var.database.backup_retention_days
  deletion_protection         = var.deletion_protection
  rotate_passwords            = var.rotate_passwords
  database_key_arn            = module.keys.key_arns["database"]
  secrets_key_arn             = module.keys.key_arns["secrets"]
  logs_key_arn                = module.keys.key_arns["logs"]

  client_security_group_ids = {
    command           = module.command.security_group_id
    query             = module.query.security_group_id
    command_migration = module.migration[local.command].security_group_id
    query_migration   = module.migration[local.query].security_group_id
  }
}

module "storage" {
  source = "../storage"

  name                    = local.name
  administrator_role_arns = var.administrator_role_arns
  storage_key_arn         = module.keys.key_arns["storage"]
}

# Where there is no bucket that nobody can take anything back from.
module "checkpoint_folder" {
  source = "../checkpoint-folder"
  count  = var.checkpoint_bucket == null ? 1 : 0

  name                     = local.name
  vpc_id                   = module.network.vpc_id
  subnet_ids               = module.network.private_subnet_ids
  client_security_group_id = module.command.security_group_id
  writer_role_arn          = module.command_task.task_role_arn
  storage_key_arn          = module.keys.key_arns["storage"]
}

module "cluster" {
  source = "../cluster"

  name                       = local.name
  vpc_id                     = module.network.vpc_id
  subnet_ids                 = module.network.private_subnet_ids
  balancer_security_group_id = module.network.balancer_security_group_id
  domain_name                = var.domain_name
  zone_id                    = var.zone_id
  access_logs_bucket_name    = module.storage.access_logs_bucket_name
  container_insights         = var.container_insights
  deletion_protection        = var.deletion_protection
}

module "cdn" {
  source = "../cdn"

  name              = local.name
  domain_name       = var.domain_name
  zone_id           = var.zone_id
  balancer_arn      = module.cluster.balancer.arn
  balancer_dns_name = module.cluster.balancer.dns_name
}

module "observability" {
  source = "../observability"

  name                   = local.name
  environment            = var.environment
  alarm_emails           = var.alarm_emails
  monthly_budget_usd     = var.monthly_budget_usd
  balancer_arn_suffix    = module.cluster.balancer.arn_suffix
  command_log_group_name = module.command_task.log_group.name
  logs_key_arn           = module.keys.key_arns["logs"]

  database = {
    writer_identifier  = module.database.writer_identifier
    replica_identifier = module.database.replica_identifier
    max_connections    = var.database.max_connections
  }

  target_groups = {
    (local.command) = module.command.target_group_arn_suffixes
    (local.query)   = module.query.target_group_arn_suffixes
  }
}

module "deploy_role" {
  source = "../ci-role"

  name              = "${local.name}-deploy"
  subjects          = ["repo:${var.github_repository}:environment:${var.environment}"]
  oidc_provider_arn = var.github_oidc_provider_arn

  deploy = {
    service_arns     = [module.command.arn, module.query.arn]
    passed_role_arns = concat(module.command_task.passed_role_arns, module.query_task.passed_role_arns, flatten(values(module.migration)[*].passed_role_arns))
    repository_arns  = var.repository_arns
    web_bucket_arn   = module.cdn.web_bucket.arn
    distribution_arn = module.cdn.distribution.arn

    migrations = {
      cluster_arn          = module.cluster.cluster.arn
      task_definition_arns = flatten(values(module.migration)[*].task_definition_arns)
      log_group_arns       = values(module.migration)[*].log_group.arn
    }
  }
}
