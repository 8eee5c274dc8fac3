# The two services. Which requests are whose is decided here, in two rules: GET and HEAD below /api/v1 are the query
# side's, except for /api/v1/auth; whatever is left below /api, and /.well-known, is the command side's.

locals {
  # A balancer knows no "except": its rules have no negation, and its regular expressions look neither ahead nor behind.
  # So the first part of the path is spelt as everything that is not "auth".
  query_paths = "^/api/v1/(a|au|aut|[^a/][^/]*|a[^u/][^/]*|au[^t/][^/]*|aut[^h/][^/]*|auth[^/]+)(/.*)?$"

  listeners = {
    arn_suffix        = module.cluster.balancer.arn_suffix
    security_group_id = module.network.balancer_security_group_id
    listener_arns     = module.cluster.listener_arns
  }

  reaches = {
    database  = { security_group_id = module.database.security_group_id, port = 5432 }
    endpoints = { security_group_id = module.network.endpoint_security_group_id, port = 443 }
  }

  role_secrets = module.database.role_secret_arns

  # In the order in which a deployment runs them: the log first.
  migrations = {
    (local.command) = { image = var.images.command, variables = "MEALS_COMMAND_MIGRATION_DB" }
    (local.query)   = { image = var.images.query, variables = "MEALS_QUERY_MIGRATION_DB" }
  }

  checkpoint_path = "/checkpoints"
}

module "command_task" {
  source = "../task"

  name               = local.name
  task               = local.command
  container          = local.command
  image              = var.images.command
  repository_arns    = var.repository_arns
  port               = 8081
  cpu                = var.command.cpu
  memory_mb          = var.command.memory_mb
  cpu_architecture   = var.cpu_architecture
  secrets_key_arn    = module.keys.key_arns["secrets"]
  logs_key_arn       = module.keys.key_arns["logs"]
  log_retention_days = 90

  environment = merge(
    {
      MEALS_COMMAND_PORT              = "8081"
      MEALS_COMMAND_DB_URL            = local.database_url
      MEALS_COMMAND_DB_POOL_SIZE      = tostring(var.pool_sizes.command)
      MEALS_FORWARD_HEADERS           = "native"
      MEALS_COMMAND_MIGRATION_ENABLED = tostring(var.migrates_at_start)
    },
    var.checkpoint_bucket == null ? { MEALS_CHECKPOINT_FOLDER = local.checkpoint_path } : {},
    var.checkpoint_bucket == null ? {} : {
      MEALS_CHECKPOINT_BUCKET = "s3://${var.checkpoint_bucket.bucket}/${coalesce(var.checkpoint_bucket.prefix, local.name)}"
      AWS_REGION              = data.aws_region.current.id
    },
    var.administrator_email == null ? {} : { MEALS_ADMIN_EMAIL = var.administrator_email },
    var.replaced_keys.tokens_made_after == null ? {} : { MEALS_SIGNING_KEY_MADE_AFTER = var.replaced_keys.tokens_made_after },
    var.replaced_keys.log_made_after == null ? {} : { MEALS_SEALING_KEY_MADE_AFTER = var.replaced_keys.log_made_after }
  )

  secrets = merge(
    {
      MEALS_COMMAND_DB_PASSWORD = "${local.role_secrets["command"]}:password::"
      MEALS_MASTER_KEY          = module.keys.secret_arns["master-key"]
    },
    var.migrates_at_start ? { MEALS_COMMAND_MIGRATION_DB_PASSWORD = "${local.role_secrets["migrator"]}:password::" } : {},
    var.replaced_keys.master_key ? { MEALS_FORMER_MASTER_KEYS = "${module.keys.secret_arns["master-key"]}::AWSPREVIOUS:" } : {},
    var.administrator_email == null ? {} : { MEALS_ADMIN_PASSWORD = module.keys.secret_arns["first-administrator"] }
  )

  checkpoint_folder = one([for folder in module.checkpoint_folder : {
    file_system_id  = folder.file_system.id
    access_point_id = folder.file_system.access_point_id
    path            = local.checkpoint_path
  }])

  # It adds and reads; "absent" is told from "forbidden" by whether it may list. The bucket's own policy says the same.
  permissions = flatten([for published in var.checkpoint_bucket[*] : [
    { actions = ["s3:PutObject", "s3:GetObject"], resources = ["arn:aws:s3:::${published.bucket}/${local.name}/*"], condition = null },
    { actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::${published.bucket}"], condition = { StringLike = { "s3:prefix" = "${local.name}/*" } } },
    { actions = ["kms:GenerateDataKey", "kms:Decrypt"], resources = [published.key_arn], condition = { StringEquals = { "kms:ViaService" = "s3.${data.aws_region.current.id}.amazonaws.com" } } },
  ]])
}

module "command" {
  source = "../service"

  name              = local.name
  service           = local.command
  task              = module.command_task
  tasks             = var.command.tasks
  deployment        = var.deployment
  lifecycle_hooks   = var.lifecycle_hooks
  alarm_topic_arn   = module.observability.alarm_topic_arn
  cluster           = module.cluster.cluster
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.private_subnet_ids
  s3_prefix_list_id = module.network.s3_prefix_list_id
  balancer          = local.listeners

  routing = { priority = 20, path_patterns = ["/api/*", "/.well-known/*"] }
  reaches = merge(local.reaches, { for folder in module.checkpoint_folder : "checkpoints" => { security_group_id = folder.security_group_id, port = 2049 } })

  # A command waits for a commit on two disks and, when somebody signs in, for Argon2id.
  alarms = { p99_seconds = 2 }

  rotating_secret_arns = concat([local.role_secrets["command"]], var.migrates_at_start ? [local.role_secrets["migrator"]] : [])
}

module "query_task" {
  source = "../task"

  name               = local.name
  task               = local.query
  container          = local.query
  image              = var.images.query
  repository_arns    = var.repository_arns
  port               = 8082
  cpu                = var.query.cpu
  memory_mb          = var.query.memory_mb
  cpu_architecture   = var.cpu_architecture
  secrets_key_arn    = module.keys.key_arns["secrets"]
  logs_key_arn       = module.keys.key_arns["logs"]
  log_retention_days = 90

  environment = {
    MEALS_QUERY_PORT              = "8082"
    MEALS_QUERY_DB_URL            = local.database_url
    MEALS_QUERY_DB_POOL_SIZE      = tostring(var.pool_sizes.query)
    MEALS_QUERY_LOG_DB_POOL_SIZE  = tostring(var.pool_sizes.log)
    MEALS_JWKS_URL                = "https://${var.domain_name}/.well-known/jwks.json"
    MEALS_REVOCATIONS_URL         = "https://${var.domain_name}/.well-known/revocations.json"
    MEALS_FORWARD_HEADERS         = "native"
    MEALS_QUERY_MIGRATION_ENABLED = tostring(var.migrates_at_start)
  }

  secrets = merge(
    { MEALS_QUERY_DB_PASSWORD = "${local.role_secrets["query"]}:password::" },
    var.migrates_at_start ? { MEALS_QUERY_MIGRATION_DB_PASSWORD = "${local.role_secrets["migrator"]}:password::" } : {}
  )

  permissions = [] # a role that can do nothing
}

module "query" {
  source = "../service"

  name              = local.name
  service           = local.query
  task              = module.query_task
  tasks             = var.query.tasks
  deployment        = var.deployment
  lifecycle_hooks   = var.lifecycle_hooks
  alarm_topic_arn   = module.observability.alarm_topic_arn
  cluster           = module.cluster.cluster
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.private_subnet_ids
  s3_prefix_list_id = module.network.s3_prefix_list_id
  balancer          = local.listeners

  routing       = { priority = 10, methods = ["GET", "HEAD"], path_regex = local.query_paths }
  reaches       = local.reaches
  asks_balancer = true # for keys and revocations

  # A read with a consistency token waits for up to two seconds by design.
  alarms = { p99_seconds = 3 }

  rotating_secret_arns = concat([local.role_secrets["query"]], var.migrates_at_start ? [local.role_secrets["migrator"]] : [])
}

# --- migrations, before a switch -----------------------------------------------------------------------------------

module "migration" {
  source   = "../migration"
  for_each = local.migrations

  name              = local.name
  service           = each.key
  image             = each.value.image
  repository_arns   = var.repository_arns
  cpu_architecture  = var.cpu_architecture
  vpc_id            = module.network.vpc_id
  s3_prefix_list_id = module.network.s3_prefix_list_id
  reaches           = local.reaches
  secrets_key_arn   = module.keys.key_arns["secrets"]
  logs_key_arn      = module.keys.key_arns["logs"]

  environment = { "${each.value.variables}_URL" = local.database_url }
  secrets     = { "${each.value.variables}_PASSWORD" = "${local.role_secrets["migrator"]}:password::" }
}
