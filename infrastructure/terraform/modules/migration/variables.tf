variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "service" {
  description = "Whose migrations, and the name of the container: command-service, query-service."
  type        = string
}

variable "image" {
  description = "Image of the first migration, by digest; later ones come from the pipeline."
  type        = string
}

variable "repository_arns" {
  description = "Repositories that images come from."
  type        = list(string)
}

variable "cpu_architecture" {
  description = "For which processor the images are built: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
}

variable "environment" {
  description = "Variables of the container that are no secrets."
  type        = map(string)
}

variable "secrets" {
  description = "Variables of the container that are secrets: ARN of the secret, with :<field>:: after it for one field of it."
  type        = map(string)

  validation {
    condition     = length(var.secrets) > 0 && alltrue([for name in keys(var.secrets) : can(regex("_MIGRATION_DB_PASSWORD$", name))])
    error_message = "A migration gets the migrator's password and no other secret."
  }
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "reaches" {
  description = "What it connects to, by a name that says what it is."
  type        = map(object({ security_group_id = string, port = number }))
}

variable "s3_prefix_list_id" {
  description = "Addresses of S3 behind the gateway endpoint."
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
  description = "How long its log is kept, in days."
  type        = number
  default     = 365
}
