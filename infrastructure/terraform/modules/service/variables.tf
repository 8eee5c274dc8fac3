variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "service" {
  description = "Which service it is: command-service, query-service."
  type        = string
}

variable "task" {
  description = "What it runs: a module task that answers on a port."
  type        = object({ name = string, port = number, task_definition_arn = string })
}

variable "tasks" {
  description = "How many tasks run at least and at most; while a deployment lasts, twice as many."
  type        = object({ min = number, max = number })

  validation {
    condition     = var.tasks.min >= 1 && var.tasks.max >= var.tasks.min
    error_message = "At least one task, and not fewer at most than at least."
  }
}

variable "rotating_secret_arns" {
  description = "Those of its secrets that rotate; tasks are replaced after it."
  type        = list(string)
}

variable "cluster" {
  description = "Name and ARN of the cluster."
  type        = object({ name = string, arn = string })
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the tasks, one per zone."
  type        = list(string)
}

variable "balancer" {
  description = "The balancer: suffix of its ARN, its security group, and its listeners by what they are for (production, test)."
  type = object({
    arn_suffix        = string
    security_group_id = string
    listener_arns     = object({ production = string, test = string })
  })
}

variable "routing" {
  description = "Which requests are this service's: paths by pattern or by regular expression, methods (null for all), and the place among the rules."
  type = object({
    priority      = number
    methods       = optional(list(string))
    path_patterns = optional(list(string))
    path_regex    = optional(string)
  })

  validation {
    condition     = (var.routing.path_patterns == null) != (var.routing.path_regex == null)
    error_message = "Paths either by pattern or by regular expression."
  }

  validation {
    condition     = length(coalesce(var.routing.methods, [])) + length(coalesce(var.routing.path_patterns, ["one"])) <= 5
    error_message = "A rule of a balancer compares with five values at most."
  }

  validation {
    condition     = var.routing.path_regex == null || length(coalesce(var.routing.path_regex, "none")) <= 128
    error_message = "A regular expression of a balancer has 128 characters at most."
  }
}

variable "asks_balancer" {
  description = "Whether the service asks the other side, through the balancer."
  type        = bool
  default     = false
}

variable "reaches" {
  description = "What else the service connects to, by a name that says what it is."
  type        = map(object({ security_group_id = string, port = number }))
}

variable "s3_prefix_list_id" {
  description = "Addresses of S3 behind the gateway endpoint."
  type        = string
}

variable "deployment" {
  description = "How a new version takes over: the share that goes first in percent (null for all at once), how long it is watched, and how long the old one stays afterwards, in minutes."
  type = object({
    canary_percent      = optional(number)
    canary_bake_minutes = optional(number)
    bake_minutes        = number
  })

  validation {
    condition     = var.deployment.canary_percent == null || (coalesce(var.deployment.canary_percent, 1) > 0 && coalesce(var.deployment.canary_percent, 1) <= 50)
    error_message = "A canary is more than nobody and not more than half."
  }

  validation {
    condition     = var.deployment.bake_minutes >= 5 && coalesce(var.deployment.canary_bake_minutes, 5) >= 5
    error_message = "Alarms need three minutes to notice: watch for at least five."
  }
}

variable "lifecycle_hooks" {
  description = "Functions that ECS asks at stages of a deployment whether to go on, for example POST_TEST_TRAFFIC_SHIFT."
  type        = list(object({ function_arn = string, stages = list(string) }))
  default     = []

  validation {
    condition = alltrue(flatten([for hook in var.lifecycle_hooks : [for stage in hook.stages : contains([
      "RECONCILE_SERVICE", "PRE_SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT",
      "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"
    ], stage)]]))
    error_message = "That is no stage of a deployment."
  }
}

variable "alarms" {
  description = "When a deployment is taken back: share of 5xx answers in percent, from how many requests a minute on, and how long one in a hundred may take, in seconds."
  type = object({
    error_percent  = optional(number, 1)
    least_requests = optional(number, 20)
    p99_seconds    = optional(number, 2)
  })
  default = {}
}

variable "alarm_topic_arn" {
  description = "Topic that alarms go to."
  type        = string
}
