variable "name" {
  description = "Prefix of everything of this environment, and the identifier of the writer."
  type        = string
}

variable "region" {
  description = "Region, for the address of Secrets Manager."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the database, in three zones, without a route out."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A standby needs a subnet in another zone."
  }
}

variable "function_subnet_ids" {
  description = "Subnets of the function that changes passwords; the endpoint of Secrets Manager must be reachable."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by a name that says whose they are."
  type        = map(string)
}

variable "endpoint_security_group_id" {
  description = "Security group of the endpoints of AWS services."
  type        = string
}

variable "s3_prefix_list_id" {
  description = "Addresses of S3 behind the gateway endpoint."
  type        = string
}

variable "engine_version" {
  description = "PostgreSQL's major version; minor ones come by themselves. The product needs 15, from 17 on a frozen client's transaction ends by itself."
  type        = string
  default     = "18"

  validation {
    condition     = can(tonumber(split(".", var.engine_version)[0])) && tonumber(split(".", var.engine_version)[0]) >= 15
    error_message = "The product needs PostgreSQL 15 or newer."
  }
}

variable "instance_class" {
  description = "Size of the writer, and of its standby."
  type        = string

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "A size of RDS begins with db."
  }
}

variable "multi_az" {
  description = "Whether a standby in another zone has every commit."
  type        = bool
}

variable "read_replica_instance_class" {
  description = "Size of the read replica; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.read_replica_instance_class == null || startswith(coalesce(var.read_replica_instance_class, "db."), "db.")
    error_message = "A size of RDS begins with db."
  }
}

variable "allocated_storage_gb" {
  description = "Disk to begin with, in GB; from 400 GB on gp3 has four times the operations."
  type        = number

  validation {
    condition     = var.allocated_storage_gb >= 20
    error_message = "RDS gives at least 20 GB."
  }
}

variable "max_allocated_storage_gb" {
  description = "Up to where the disk grows by itself, in GB. The log only ever grows."
  type        = number

  validation {
    condition     = var.max_allocated_storage_gb > var.allocated_storage_gb
    error_message = "A log that only ever grows needs a disk that can."
  }
}

variable "backup_retention_days" {
  description = "How many days back the database can be restored, to the second."
  type        = number

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "Between 7 and 35 days: less is too short to notice, more RDS does not keep."
  }
}

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted."
  type        = bool
  default     = true
}

variable "rotate_passwords" {
  description = "Whether passwords of roles rotate; only after people put the first values in."
  type        = bool
  default     = true
}

variable "rotation_function_version" {
  description = "Version of AWS' function that changes passwords; null for the newest when it is made."
  type        = string
  default     = null
}

variable "database_key_arn" {
  description = "KMS key for the database."
  type        = string
}

variable "secrets_key_arn" {
  description = "KMS key for secrets."
  type        = string
}

variable "logs_key_arn" {
  description = "KMS key for logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long the server's log is kept, in days."
  type        = number
  default     = 90
}
