output "url" {
  description = "Where people find the product."
  value       = module.cdn.url
}

output "deployment" {
  description = "What the pipeline needs to know: the region, the role it takes, the cluster, migrations in the order in which they run, services in the order of deployment and how a new version takes over, and where the web app goes."
  value = {
    region          = data.aws_region.current.id
    role_arn        = module.deploy_role.role_arn
    cluster         = module.cluster.cluster.name
    services        = [for task in [module.query_task, module.command_task] : { name = task.name, task_family = task.family }]
    web_bucket      = module.cdn.web_bucket.name
    distribution_id = module.cdn.distribution.id

    takeover = {
      canary_percent      = var.deployment.canary_percent
      canary_bake_minutes = var.deployment.canary_bake_minutes
      bake_minutes        = var.deployment.bake_minutes
    }

    migrations = [for name in [local.command, local.query] : {
      service           = name
      task_family       = module.migration[name].task_family
      security_group_id = module.migration[name].security_group_id
      log_group         = module.migration[name].log_group.name
    }]
    subnet_ids = module.network.private_subnet_ids
  }
}

output "operations" {
  description = "What people need to know: the database, its secrets, the security group and subnets of a shell that may reach it, and the dashboard."
  value = {
    database_address         = module.database.writer_address
    replica_address          = module.database.replica_address
    administrator_secret_arn = module.database.administrator_secret_arn
    role_secret_arns         = module.database.role_secret_arns
    secret_arns              = module.keys.secret_arns
    vpc_id                   = module.network.vpc_id
    shell_security_group_id  = module.database.operators_security_group_id
    shell_subnet_ids         = module.network.private_subnet_ids
    dashboard                = local.name # not asked of the dashboard: this is read before there is one
  }
}

output "checkpoint_publisher_role_arn" {
  description = "Role that publishes checkpoints, for the audit account to allow."
  value       = module.command_task.task_role_arn
}

output "names" {
  description = "How the parts are called, for whoever looks for them."
  value = {
    database = module.database.writer_identifier
    replica  = module.database.replica_identifier
    cluster  = module.cluster.cluster.name
  }
}

output "most_connections" {
  description = "Connections that both colours together take at most."
  value       = local.most_connections
}

output "sizes" {
  description = "What was made, in numbers."
  value = {
    database = module.database.size
    command  = merge(module.command_task.size, module.command.size)
    query    = merge(module.query_task.size, module.query.size)
  }
}
