variable "name" {
  description = "Name of the role."
  type        = string
}

variable "subjects" {
  description = "Whom GitHub vouches for, in its own words: repo:<owner>/<repository>:environment:<environment>, or …:ref:refs/heads/main."
  type        = list(string)

  validation {
    condition     = length(var.subjects) > 0 && alltrue([for subject in var.subjects : can(regex("^repo:[^/:*?]+/[^/:*?]+:(environment:[^*?]+|ref:refs/(heads|tags)/[^*?]+)$", subject))])
    error_message = "Name each subject in full, without * or ?: a pull request of anybody must not match."
  }
}

variable "oidc_provider_arn" {
  description = "GitHub as identity provider, where the account has it already; null to make it. There can be one per account."
  type        = string
  default     = null
}

variable "push" {
  description = "Repositories that images may be pushed to; null for none."
  type        = object({ repository_arns = list(string) })
  default     = null
}

variable "deploy" {
  description = "What may be deployed; null for nothing."
  type = object({
    service_arns     = list(string)
    passed_role_arns = list(string)
    repository_arns  = list(string)
    web_bucket_arn   = string
    distribution_arn = string

    migrations = object({
      cluster_arn          = string
      task_definition_arns = list(string)
      log_group_arns       = list(string)
    })
  })
  default = null

  validation {
    condition     = alltrue([for arn in flatten(var.deploy[*].migrations.task_definition_arns) : can(regex(":task-definition/[a-z0-9-]+-migration:\\*$", arn))])
    error_message = "Only migrations are run as tasks of their own: …:task-definition/<family>-migration:*."
  }
}

variable "session_hours" {
  description = "How long a session may last, in hours; longer than the deployments of both services are watched."
  type        = number
  default     = 4

  validation {
    condition     = var.session_hours >= 1 && var.session_hours <= 4
    error_message = "Between one and four hours."
  }
}
