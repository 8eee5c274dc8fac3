variable "name" {
  description = "Prefix of everything of this environment; also the names of cluster and balancer."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the balancer, one per zone."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A balancer needs two zones."
  }
}

variable "balancer_security_group_id" {
  description = "Security group of the balancer."
  type        = string
}

variable "domain_name" {
  description = "Where people find the product; the balancer's certificate is for this name too."
  type        = string
}

variable "zone_id" {
  description = "Public hosted zone of that name, where certificates are proved."
  type        = string
}

variable "access_logs_bucket_name" {
  description = "Bucket of the balancer's access logs."
  type        = string
}

variable "container_insights" {
  description = "How much ECS measures: disabled, enabled, or enhanced, which costs per task."
  type        = string
  default     = "enabled"

  validation {
    condition     = contains(["disabled", "enabled", "enhanced"], var.container_insights)
    error_message = "One of disabled, enabled, enhanced."
  }
}

variable "deletion_protection" {
  description = "Whether the balancer refuses to be deleted."
  type        = bool
  default     = true
}
