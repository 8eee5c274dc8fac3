# What takes a deployment back. Each colour has its own alarms: in the mean of both, a canary of ten percent that fails
# altogether would be ten percent of errors.

locals {
  rollback_alarms = concat(values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.slow))
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = toset(local.colours)

  alarm_name          = "${local.full_name}-${each.key}-errors"
  alarm_description   = "More than ${var.alarms.error_percent} % of the answers of ${var.service} (${each.key}) are 5xx. Rolls a running deployment back."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.error_percent
  evaluation_periods  = 2
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching" # nobody asked, nothing failed
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]

  metric_query {
    id          = "percent"
    label       = "5xx in percent"
    expression  = "IF(requests >= ${var.alarms.least_requests}, 100 * FILL(errors, 0) / requests, 0)"
    return_data = true
  }

  metric_query {
    id = "requests"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "RequestCount"
      stat        = "Sum"
      period      = 60
      dimensions  = { LoadBalancer = var.balancer.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
    }
  }

  metric_query {
    id = "errors"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_Target_5XX_Count"
      stat        = "Sum"
      period      = 60
      dimensions  = { LoadBalancer = var.balancer.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  for_each = toset(local.colours)

  alarm_name          = "${local.full_name}-${each.key}-slow"
  alarm_description   = "One in a hundred requests to ${var.service} (${each.key}) takes longer than ${var.alarms.p99_seconds} s. Rolls a running deployment back."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  extended_statistic  = "p99"
  dimensions          = { LoadBalancer = var.balancer.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.p99_seconds
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]

  evaluate_low_sample_count_percentiles = "ignore" # a handful of requests has no hundredth
}

# Deployments that fail tell people, whether they took themselves back or could not.
resource "aws_cloudwatch_event_rule" "deployment_failed" {
  name        = "${local.full_name}-deployment-failed"
  description = "A deployment of ${var.service} failed or was taken back"

  event_pattern = jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Deployment State Change"]
    resources     = [aws_ecs_service.this.id]
    detail        = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
  })
}

resource "aws_cloudwatch_event_target" "deployment_failed" {
  rule = aws_cloudwatch_event_rule.deployment_failed.name
  arn  = var.alarm_topic_arn
}
