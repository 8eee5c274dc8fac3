locals {
  # The second listener is where a new colour is tried before anybody is sent there.
  listeners = { production = 443, test = 8443 }
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = var.container_insights
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}

# --- the balancer --------------------------------------------------------------------------------------------------

resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  internal           = true # CloudFront is the only way in
  subnets            = var.subnet_ids
  security_groups    = [var.balancer_security_group_id]

  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  preserve_host_header       = true # the guard against foreign sites compares it with Origin
  xff_header_processing_mode = "append"
  idle_timeout               = 65 # longer than CloudFront keeps a connection, or it meets a closed one
  enable_deletion_protection = var.deletion_protection

  access_logs {
    bucket  = var.access_logs_bucket_name
    enabled = true
  }
}

resource "aws_lb_listener" "this" {
  for_each = local.listeners

  load_balancer_arn = aws_lb.this.arn
  port              = each.value
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.this.certificate_arn

  # What no service asked for is nothing: management endpoints and documents stay inside.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

# --- its name ------------------------------------------------------------------------------------------------------

# The balancer goes by the public name, so that certificate and Host are the same from outside and from inside.
resource "aws_acm_certificate" "this" {
  domain_name       = var.domain_name
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = { (var.domain_name) = one(aws_acm_certificate.this.domain_validation_options) }

  zone_id         = var.zone_id
  name            = each.value.resource_record_name
  type            = each.value.resource_record_type
  records         = [each.value.resource_record_value]
  ttl             = 300
  allow_overwrite = true # CloudFront's certificate is proved by the same record
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_route53_zone" "inside" {
  name    = var.domain_name
  comment = "The balancer by its public name, for whoever is inside of the VPC"

  vpc {
    vpc_id = var.vpc_id
  }
}

resource "aws_route53_record" "inside" {
  zone_id = aws_route53_zone.inside.zone_id
  name    = var.domain_name
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = false
  }
}
