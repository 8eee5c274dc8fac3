# Two target groups, and one rule per listener. One rule, because a deployment moves the weights of exactly one: with a
# second one beside it, requests of that rule would go on to the old colour until it is gone, and then to nobody.

resource "aws_lb_target_group" "this" {
  for_each = toset(local.colours)

  name                          = "${substr(local.full_name, 0, 26)}-${each.key}"
  vpc_id                        = var.vpc_id
  target_type                   = "ip"
  protocol                      = "HTTP"
  port                          = var.task.port
  load_balancing_algorithm_type = "least_outstanding_requests"
  deregistration_delay          = 30 # seconds; the longest request is shorter

  health_check {
    path                = "/actuator/health/readiness"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = var.balancer.listener_arns

  listener_arn = each.value
  priority     = var.routing.priority

  dynamic "condition" {
    for_each = var.routing.methods == null ? [] : [var.routing.methods]

    content {
      http_request_method {
        values = condition.value
      }
    }
  }

  condition {
    path_pattern {
      values       = var.routing.path_patterns
      regex_values = var.routing.path_regex == null ? null : [var.routing.path_regex]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.this["blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.this["green"].arn
        weight = 0
      }
    }
  }

  # The weights are the deployment's. Setting them here would send people to the colour that is gone.
  lifecycle {
    ignore_changes = [action]
  }
}
