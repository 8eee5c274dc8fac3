variable "name" {
  description = "Prefix of everything of this environment, for example meals-dev."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, one per zone, where the folder can be mounted."
  type        = list(string)
}

variable "client_security_group_id" {
  description = "Security group of command-service."
  type        = string
}

variable "writer_role_arn" {
  description = "Role of command-service's tasks, the only one that may mount the folder."
  type        = string
}

variable "container_user_id" {
  description = "Numeric user that containers run as, and that owns the folder."
  type        = number
  default     = 10001

  validation {
    condition     = var.container_user_id > 0
    error_message = "Containers do not run as root."
  }
}

variable "storage_key_arn" {
  description = "KMS key for stored files."
  type        = string
}
