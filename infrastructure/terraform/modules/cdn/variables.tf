variable "name" {
  description = "Prefix of everything of this environment, for example meals-prod."
  type        = string
}

variable "domain_name" {
  description = "Where people find the product."
  type        = string
}

variable "zone_id" {
  description = "Public hosted zone of that name."
  type        = string
}

variable "balancer_arn" {
  description = "The internal balancer."
  type        = string
}

variable "balancer_dns_name" {
  description = "Host name of the internal balancer. Its certificate is for domain_name, which is the Host that is passed on."
  type        = string
}

variable "price_class" {
  description = "In which parts of the world CloudFront answers."
  type        = string
  default     = "PriceClass_100"
}

variable "requests_per_five_minutes" {
  description = "Requests of one address in five minutes before it is turned away. Offices share an address."
  type        = number
  default     = 3000

  validation {
    condition     = var.requests_per_five_minutes >= 100
    error_message = "Fewer than 100 would turn people away who only browse."
  }
}
