variable "region" {
  description = "Where everything runs."
  type        = string
  default     = "eu-central-1"
}

variable "account_id" {
  description = "The audit account, administered by other people than the environments; Terraform refuses any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account has twelve digits."
  }
}

variable "publishers" {
  description = "Roles that publish checkpoints, by the environment's name: meals-prod = <output checkpoint_publisher_role_arn of environments/prod>."
  type        = map(string)
}

variable "reader_arns" {
  description = "Roles of auditors that read every checkpoint."
  type        = list(string)
  default     = []
}

variable "retention_years" {
  description = "How long nobody can delete a checkpoint, in years. It cannot be shortened afterwards, by anybody."
  type        = number
  default     = 10
}
