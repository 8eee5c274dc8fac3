variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "environment" {
  description = "Value of the tag environment, by which costs are told apart."
  type        = string
}

variable "alarm_emails" {
  description = "Who is told of alarms. Each has to confirm once."
  type        = set(string)

  validation {
    condition     = length(var.alarm_emails) > 0
    error_message = "An alarm that nobody hears is none."
  }
}

variable "monthly_budget_usd" {
  description = "What the environment may cost in a month, in US dollars; told at 80 %, and when the forecast is above it."
  type        = number

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "A budget is more than nothing."
  }
}

variable "database" {
  description = "Identifiers of writer and replica (null if there is none), and how many connections the writer takes."
  type        = object({ writer_identifier = string, replica_identifier = optional(string), max_connections = number })
}

variable "balancer_arn_suffix" {
  description = "Suffix of the balancer's ARN."
  type        = string
}

variable "target_groups" {
  description = "Suffixes of the target groups' ARNs, by service and colour."
  type        = map(map(string))
}

variable "command_log_group_name" {
  description = "Log of command-service, where sealing tells what is wrong."
  type        = string
}

variable "logs_key_arn" {
  description = "KMS key for logs and alarm messages."
  type        = string
}
