variable "region" {
  description = "Where everything runs."
  type        = string
  default     = "eu-central-1"
}

variable "account_id" {
  description = "Account of this environment; Terraform refuses any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account has twelve digits."
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

variable "images" {
  description = "Images of the first tasks, by digest; later ones come from the pipeline."
  type        = object({ command = string, query = string })
}

variable "repository_arns" {
  description = "Repositories that images come from (output of environments/shared)."
  type        = list(string)
}

variable "database_ca_file" {
  description = "Where images have the certificates of RDS; null if they have none."
  type        = string
  default     = null
}

variable "rotate_passwords" {
  description = "Whether passwords of database roles rotate; only after people put the first values in."
  type        = bool
  default     = false
}

variable "migrates_at_start" {
  description = "Whether tasks migrate the database when they start too, for which they get the migrator's password; a deployment does it before its switch anyway."
  type        = bool
  default     = false
}

variable "replaced_keys" {
  description = "Keys that are being replaced (docs/how-to/rotate-keys.md)."
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
  description = "Bucket and key of the audit account (outputs of environments/audit) that checkpoints are published into, and a prefix to begin anew below; null for a folder in this account."
  type        = object({ bucket = string, key_arn = string, prefix = optional(string) })
  default     = null
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

variable "lifecycle_hooks" {
  description = "Functions that ECS asks at stages of a deployment whether to go on."
  type        = list(object({ function_arn = string, stages = list(string) }))
  default     = []
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = set(string)
}
