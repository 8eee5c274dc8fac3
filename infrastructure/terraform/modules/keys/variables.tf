variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "A name has 3 to 22 lower-case letters, digits and hyphens, and begins with a letter."
  }
}
