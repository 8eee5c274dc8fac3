variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "administrator_role_arns" {
  description = "Roles of people that may delete a version of a receipt for good, for example to obey a law."
  type        = list(string)

  validation {
    condition     = length(var.administrator_role_arns) > 0 && !anytrue([for arn in var.administrator_role_arns : endswith(arn, ":*") || endswith(arn, "/*")])
    error_message = "Name at least one role, and each of them exactly."
  }
}

variable "access_log_retention_days" {
  description = "How long the balancer's access logs are kept, in days."
  type        = number
  default     = 90
}

variable "storage_key_arn" {
  description = "KMS key for stored files."
  type        = string
}
