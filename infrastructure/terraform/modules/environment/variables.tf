variable "product" {
  description = "First part of every name."
  type        = string
  default     = "meals"
}

variable "environment" {
  description = "Which environment it is, as GitHub calls it too: dev, staging or prod."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "One of dev, staging, prod."
  }
}

variable "domain_name" {
  description = "Where people find the product."
  type        = string
}

variable "zone_id" {
  description = "Public hosted zone of that name."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC, a /16."
  type        = string
}

variable "endpoint_zones" {
  description = "In how many of the three zones AWS services have an endpoint; each costs by the hour."
  type        = number
}

variable "database" {
  description = "Size of the database: class of the writer, whether it has a standby, class of the read replica (null for none), disk, backups, and how many connections that class takes."
  type = object({
    instance_class              = string
    multi_az                    = bool
    read_replica_instance_class = optional(string)
    allocated_storage_gb        = number
    max_allocated_storage_gb    = number
    backup_retention_days       = number
    max_connections             = number
  })
}

variable "database_ca_file" {
  description = "Where images have the certificates of RDS, so that services make sure whom they talk to; null if they have none."
  type        = string
  default     = null
}

variable "pool_sizes" {
  description = "Connections of each task: of a command-service, of a query-service for read models, and for the log."
  type        = object({ command = number, query = number, log = number })
  default     = { command = 12, query = 8, log = 6 }
}

variable "command" {
  description = "Size of command-service: CPU in 1/1024 of a core, memory in MB, how many at least and at most."
  type        = object({ cpu = number, memory_mb = number, tasks = object({ min = number, max = number }) })
}

variable "query" {
  description = "Size of query-service: CPU in 1/1024 of a core, memory in MB, how many at least and at most."
  type        = object({ cpu = number, memory_mb = number, tasks = object({ min = number, max = number }) })

  validation {
    condition     = 2 * (var.command.tasks.max * (var.pool_sizes.command + 4) + var.query.tasks.max * (var.pool_sizes.query + var.pool_sizes.log + 2)) <= floor(0.8 * var.database.max_connections)
    error_message = "With both colours at their most, the services would take more than four fifths of the database's connections."
  }
}

variable "images" {
  description = "Images of the first tasks, by digest; later ones come from the pipeline."
  type        = object({ command = string, query = string })
}

variable "repository_arns" {
  description = "Repositories that images come from."
  type        = list(string)
}

variable "cpu_architecture" {
  description = "For which processor the images are built: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
}

variable "deployment" {
  description = "How a new version takes over: the share that goes first in percent (null for all at once), how long it is watched, and how long the old one stays afterwards, in minutes."
  type = object({
    canary_percent      = optional(number)
    canary_bake_minutes = optional(number)
    bake_minutes        = number
  })
}

variable "lifecycle_hooks" {
  description = "Functions that ECS asks at stages of a deployment whether to go on."
  type        = list(object({ function_arn = string, stages = list(string) }))
  default     = []
}

variable "migrates_at_start" {
  description = "Whether tasks migrate the database when they start too, for which they get the migrator's password; a deployment does it before its switch anyway."
  type        = bool
  default     = false
}

variable "rotate_passwords" {
  description = "Whether passwords of database roles rotate; only after people put the first values in."
  type        = bool
}

variable "replaced_keys" {
  description = "Keys that are being replaced: whether the master key's secret has a former value that is still needed, and moments since when keys of tokens and of the log must have been made."
  type = object({
    master_key        = optional(bool, false)
    tokens_made_after = optional(string)
    log_made_after    = optional(string)
  })
  default = {}
}

variable "administrator_email" {
  description = "The first administrator, made while there is none; null afterwards."
  type        = string
  default     = null
}

variable "administrator_role_arns" {
  description = "Roles of people that may delete a version of a receipt for good."
  type        = list(string)
}

variable "checkpoint_bucket" {
  description = "Bucket and key of the audit account that checkpoints are published into, in the same region, and the prefix below which (the environment's name if not given); null for a folder in this account, whose owner could take checkpoints back."
  type        = object({ bucket = string, key_arn = string, prefix = optional(string) })
  default     = null

  validation {
    condition     = var.environment != "prod" || var.checkpoint_bucket != null
    error_message = "Production publishes its checkpoints where nobody can take them back."
  }

  validation {
    condition     = alltrue([for prefix in compact(var.checkpoint_bucket[*].prefix) : can(regex("^${var.product}-${var.environment}/[a-z0-9-]+$", prefix))])
    error_message = "The bucket takes checkpoints below the environment's name only: <product>-<environment>/<since when or why>."
  }
}

variable "github_repository" {
  description = "Whose pipeline deploys: <owner>/<repository>."
  type        = string
}

variable "github_oidc_provider_arn" {
  description = "GitHub as identity provider, where the account has it already; null to make it."
  type        = string
  default     = null
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = set(string)
}

variable "monthly_budget_usd" {
  description = "What the environment may cost in a month, in US dollars."
  type        = number
}

variable "container_insights" {
  description = "How much ECS measures: disabled, enabled or enhanced."
  type        = string
  default     = "enabled"
}

variable "deletion_protection" {
  description = "Whether database and balancer refuse to be deleted."
  type        = bool
  default     = true
}
