variable "region" {
  description = "Where everything runs."
  type        = string
  default     = "eu-central-1"
}

variable "account_id" {
  description = "Account of the registry; Terraform refuses any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account has twelve digits."
  }
}

variable "pulling_account_ids" {
  description = "Accounts of the environments, where they are others."
  type        = list(string)
  default     = []
}

variable "github_repository" {
  description = "Whose pipeline pushes images, from its main branch: <owner>/<repository>."
  type        = string
}

variable "github_oidc_provider_arn" {
  description = "GitHub as identity provider, where the account has it already; null to make it."
  type        = string
  default     = null
}
