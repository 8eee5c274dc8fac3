variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC, a /16."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, "/16")
    error_message = "The VPC needs a /16, so that its subnets have room."
  }
}

variable "endpoint_zones" {
  description = "In how many of the three zones AWS services have an endpoint; each costs by the hour. With fewer than three, a lost zone may take all of them."
  type        = number
  default     = 3

  validation {
    condition     = contains([1, 2, 3], var.endpoint_zones)
    error_message = "There are three zones."
  }
}

variable "interface_endpoints" {
  description = "AWS services that are reached from the VPC, by their short names."
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
}

variable "bucket_names" {
  description = "Buckets that can be reached from the VPC; no other one can, not even with foreign credentials."
  type        = list(string)

  validation {
    condition     = length(var.bucket_names) > 0 && !anytrue([for name in var.bucket_names : strcontains(name, "*")])
    error_message = "Name at least one bucket, and each by its whole name."
  }
}

variable "logs_key_arn" {
  description = "KMS key for logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long rejected traffic is kept, in days."
  type        = number
  default     = 30
}
