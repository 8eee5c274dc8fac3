variable "name" {
  description = "First part of the repositories' names."
  type        = string
}

variable "repositories" {
  description = "Repositories, one per image."
  type        = set(string)
}

variable "pulling_account_ids" {
  description = "Other accounts whose environments pull images."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.pulling_account_ids : can(regex("^[0-9]{12}$", account))])
    error_message = "An account has twelve digits."
  }
}

variable "images_kept" {
  description = "How many images of each repository are kept. Rolling back needs those that were deployed."
  type        = number
  default     = 100

  validation {
    condition     = var.images_kept >= 20
    error_message = "Keep at least 20, or there is nothing to go back to."
  }
}

variable "key_arn" {
  description = "KMS key that images are encrypted with; null for the one AWS keeps for the registry."
  type        = string
  default     = null
}
