variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "task" {
  description = "What the task is called after it, for example command-service-migration: its family, its log and its roles."
  type        = string
}

variable "container" {
  description = "Name of the container, which is the service whose image it is: command-service, query-service."
  type        = string
}

variable "image" {
  description = "Image of the first task, by digest; later ones come from the pipeline."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "An image is named by its digest (…@sha256:…), because a tag could be another image tomorrow."
  }
}

variable "repository_arns" {
  description = "Repositories that images come from."
  type        = list(string)
}

variable "cpu" {
  description = "CPU of a task, in 1/1024 of a core."
  type        = number
}

variable "memory_mb" {
  description = "Memory of a task, in MB."
  type        = number
}

variable "cpu_architecture" {
  description = "For which processor the images are built: X86_64 or ARM64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "X86_64 or ARM64."
  }
}

variable "container_user_id" {
  description = "Numeric user that containers run as."
  type        = number
  default     = 10001

  validation {
    condition     = var.container_user_id > 0
    error_message = "Containers do not run as root."
  }
}

variable "port" {
  description = "Port that the container answers on; null for one that answers nobody and ends by itself."
  type        = number
  default     = null
}

variable "command" {
  description = "What the image is told when it starts."
  type        = list(string)
  default     = []
}

variable "environment" {
  description = "Variables of the container that are no secrets."
  type        = map(string)

  validation {
    condition     = !anytrue([for name in keys(var.environment) : can(regex("PASSWORD|SECRET|MASTER_KEY", name))])
    error_message = "A secret in a plain variable can be read by whoever may describe a task: use secrets."
  }
}

variable "secrets" {
  description = "Variables of the container that are secrets: ARN of the secret, with :<field>:: after it for one field of it."
  type        = map(string)

  validation {
    condition     = alltrue([for reference in values(var.secrets) : startswith(reference, "arn:aws")])
    error_message = "A secret is named by its ARN."
  }
}

variable "permissions" {
  description = "What the task may do in AWS, and under which condition; null for a task without a role."
  type = list(object({
    actions   = list(string)
    resources = list(string)
    condition = optional(map(map(string)))
  }))
  default = null

  validation {
    condition     = !anytrue(flatten([for permission in coalesce(var.permissions, []) : [for value in concat(permission.actions, permission.resources) : value == "*" || endswith(value, ":*")]]))
    error_message = "A task is allowed certain actions on certain things, never everything."
  }
}

variable "checkpoint_folder" {
  description = "Where checkpoints are published: a file system, mounted at path; null for none."
  type = object({
    file_system_id  = string
    access_point_id = string
    path            = string
  })
  default = null
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
  description = "How long its log is kept, in days."
  type        = number
}
