variable "name" {
  description = "Prefix of everything, for example meals-audit."
  type        = string
}

variable "publishers" {
  description = "Roles that publish checkpoints, by the prefix that each writes below, which is the environment's name."
  type        = map(string)

  validation {
    condition     = length(var.publishers) > 0 && alltrue([for arn in values(var.publishers) : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[^*]+$", arn))])
    error_message = "Name each role exactly; nobody else publishes."
  }
}

variable "reader_arns" {
  description = "Roles of auditors that read every checkpoint."
  type        = list(string)
  default     = []
}

variable "retention_years" {
  description = "How long nobody can delete a checkpoint, in years. It cannot be shortened afterwards, by anybody."
  type        = number

  validation {
    condition     = var.retention_years >= 1 && var.retention_years <= 30
    error_message = "Between one and thirty years: it cannot be taken back."
  }
}
