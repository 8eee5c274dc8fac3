variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, one per zone, where the folder of checkpoints can be mounted."
  type        = list(string)
}

variable "checkpoint_client_security_group_id" {
  description = "Security group of command-service."
  type        = string
}

variable "checkpoint_writer_role_arn" {
  description = "Role of command-service's tasks, the only one that may mount the folder of checkpoints."
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

variable "container_user_id" {
  description = "Numeric user that containers run as, and that owns the folder of checkpoints."
  type        = number
  default     = 10001

  validation {
    condition     = var.container_user_id > 0
    error_message = "Containers do not run as root."
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
