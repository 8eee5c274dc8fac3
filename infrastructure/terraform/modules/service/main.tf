data "aws_caller_identity" "current" {}

locals {
  full_name = "${var.name}-${var.service}"
  account   = data.aws_caller_identity.current.account_id
  colours   = ["blue", "green"]
}

# --- the service ---------------------------------------------------------------------------------------------------

resource "aws_ecs_service" "this" {
  name                          = var.service
  cluster                       = var.cluster.arn
  task_definition               = var.task.task_definition_arn
  desired_count                 = var.tasks.min
  launch_type                   = "FARGATE"
  platform_version              = "LATEST"
  availability_zone_rebalancing = "ENABLED"
  enable_execute_command        = false # nobody gets a shell beside the master key
  enable_ecs_managed_tags       = true
  propagate_tags                = "SERVICE"

  health_check_grace_period_seconds = 120 # a JVM that starts on a part of a core

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_controller {
    type = "ECS"
  }

  deployment_configuration {
    strategy             = var.deployment.canary_percent == null ? "BLUE_GREEN" : "CANARY"
    bake_time_in_minutes = var.deployment.bake_minutes

    dynamic "canary_configuration" {
      for_each = var.deployment.canary_percent == null ? [] : [var.deployment]

      content {
        canary_percent              = canary_configuration.value.canary_percent
        canary_bake_time_in_minutes = canary_configuration.value.canary_bake_minutes
      }
    }

    dynamic "lifecycle_hook" {
      for_each = var.lifecycle_hooks

      content {
        hook_target_arn  = lifecycle_hook.value.function_arn
        role_arn         = aws_iam_role.hooks[0].arn
        lifecycle_stages = lifecycle_hook.value.stages
      }
    }
  }

  # Two ways in which a deployment takes itself back: tasks that do not start, and alarms while it lasts.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = [for alarm in local.rollback_alarms : alarm.alarm_name]
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = false
  }

  load_balancer {
    container_name   = var.task.name
    container_port   = var.task.port
    target_group_arn = aws_lb_target_group.this["blue"].arn

    advanced_configuration {
      alternate_target_group_arn = aws_lb_target_group.this["green"].arn
      production_listener_rule   = aws_lb_listener_rule.this["production"].arn
      test_listener_rule         = aws_lb_listener_rule.this["test"].arn
      role_arn                   = aws_iam_role.infrastructure.arn
    }
  }

  # The pipeline deploys: it takes the newest revision of the family and puts its digest in. What changes here becomes a
  # new revision, and goes out with the next deployment, canary and alarms included.
  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_iam_role_policy.infrastructure]
}

# --- as many as are needed -----------------------------------------------------------------------------------------

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${local.full_name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60 # percent: a JVM that starts is slow, so the others need room until then
    scale_out_cooldown = 60
    scale_in_cooldown  = 600

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# --- who may connect -----------------------------------------------------------------------------------------------

resource "aws_security_group" "this" {
  name        = local.full_name
  description = "Tasks of ${var.service}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "from_balancer" {
  security_group_id            = aws_security_group.this.id
  description                  = "The balancer"
  referenced_security_group_id = var.balancer.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.task.port
  to_port                      = var.task.port
}

resource "aws_vpc_security_group_egress_rule" "balancer_to_tasks" {
  security_group_id            = var.balancer.security_group_id
  description                  = var.service
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.task.port
  to_port                      = var.task.port
}

resource "aws_vpc_security_group_egress_rule" "to" {
  for_each = var.reaches

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "to_s3" {
  security_group_id = aws_security_group.this.id
  description       = "S3, for layers of images and the buckets that the endpoint allows"
  prefix_list_id    = var.s3_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Where this service asks the other side through the balancer.
resource "aws_vpc_security_group_ingress_rule" "balancer_from_tasks" {
  count = var.asks_balancer ? 1 : 0

  security_group_id            = var.balancer.security_group_id
  description                  = "${var.service}, for keys and revocations"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_balancer" {
  count = var.asks_balancer ? 1 : 0

  security_group_id            = aws_security_group.this.id
  description                  = "The balancer, for keys and revocations"
  referenced_security_group_id = var.balancer.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
