data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  instances = merge({ writer = var.database.writer_identifier }, var.database.replica_identifier == null ? {} : { replica = var.database.replica_identifier })

  # Sentences of the product's own log that somebody must hear of, what they mean, and in how many of the last periods of
  # five minutes they have to be there for it.
  sentences = {
    not-sealed = {
      pattern     = "\"The log is not sealed any further\""
      description = "The log contradicts what was sealed. Commands go on, nothing is proved any more: docs/how-to/verify-the-log.md"
      periods     = 1
      of          = 1
      mends       = false # by people only
    }
    log-closed = {
      pattern     = "\"The log takes no appends\""
      description = "The data was restored, or a replica took over: nothing is recorded until an administrator has declared the recovery: docs/runbooks/LogClosed.md"
      periods     = 1
      of          = 1
      mends       = false
    }
    checkpoints-not-published = {
      pattern     = "?\"takes no checkpoint\" ?\"The log could not be sealed\"" # the one or the other
      description = "Checkpoints have not been published for some minutes, or the log could not be sealed to begin with. It is tried again all the time; the log of command-service says why it fails."
      periods     = 2 # what fails once is tried again, and told no more
      of          = 3
      mends       = true
    }
  }
}

# --- who is told ---------------------------------------------------------------------------------------------------

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.logs_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ToldByThisAccount"
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "people" {
  for_each = var.alarm_emails

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

# --- the database --------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_metric_alarm" "database_cpu" {
  for_each = local.instances

  alarm_name          = "${var.name}-database-${each.key}-cpu"
  alarm_description   = "The ${each.key} has been busy for a quarter of an hour."
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = each.value }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80 # percent
  period              = 300
  evaluation_periods  = 3
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_disk" {
  for_each = local.instances

  alarm_name          = "${var.name}-database-${each.key}-disk"
  alarm_description   = "The ${each.key} has less than 10 GB left; a full disk stops commands."
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = each.value }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 10 * 1024 * 1024 * 1024 # bytes
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "breaching" # a database that says nothing is not well
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_connections" {
  alarm_name          = "${var.name}-database-writer-connections"
  alarm_description   = "Four fifths of the connections are taken. During a deployment both colours hold theirs."
  namespace           = "AWS/RDS"
  metric_name         = "DatabaseConnections"
  dimensions          = { DBInstanceIdentifier = var.database.writer_identifier }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = floor(0.8 * var.database.max_connections)
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "replica_lag" {
  count = var.database.replica_identifier == null ? 0 : 1

  alarm_name          = "${var.name}-database-replica-lag"
  alarm_description   = "The replica is more than 15 minutes behind: reads as of a past day may miss what was already told."
  namespace           = "AWS/RDS"
  metric_name         = "ReplicaLag"
  dimensions          = { DBInstanceIdentifier = var.database.replica_identifier }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 900 # seconds, what a report may make it wait
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# --- the services --------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_metric_alarm" "balancer_errors" {
  alarm_name          = "${var.name}-balancer-errors"
  alarm_description   = "The balancer itself answers 5xx: no task is there to ask."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = var.balancer_arn_suffix }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_log_metric_filter" "sentence" {
  for_each = local.sentences

  name           = "${var.name}-${each.key}"
  log_group_name = var.command_log_group_name
  pattern        = each.value.pattern

  metric_transformation {
    namespace = var.name
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "sentence" {
  for_each = local.sentences

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = aws_cloudwatch_log_metric_filter.sentence[each.key].metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.sentence[each.key].metric_transformation[0].name
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = each.value.of
  datapoints_to_alarm = each.value.periods
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = each.value.mends ? [aws_sns_topic.alarms.arn] : []
}

# --- at a glance ---------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [for index, service in sort(keys(var.target_groups)) : {
        type = "metric", x = 0, y = index * 6, width = 12, height = 6
        properties = {
          title  = "${service}: requests, refused by failure, one in a hundred (s)"
          region = data.aws_region.current.id
          period = 60
          metrics = flatten([for colour, suffix in var.target_groups[service] : [
            ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.balancer_arn_suffix, "TargetGroup", suffix, { stat = "Sum", label = "${colour} requests" }],
            ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.balancer_arn_suffix, "TargetGroup", suffix, { stat = "Sum", label = "${colour} 5xx" }],
            ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.balancer_arn_suffix, "TargetGroup", suffix, { stat = "p99", label = "${colour} p99", yAxis = "right" }],
          ]])
        }
      }],
      [{
        type = "metric", x = 12, y = 0, width = 12, height = 6
        properties = {
          title  = "Database: CPU (%), connections, commit latency (s)"
          region = data.aws_region.current.id
          period = 60
          metrics = flatten([for role, identifier in local.instances : [
            ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", identifier, { label = "${role} CPU" }],
            ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", identifier, { label = "${role} connections" }],
            ["AWS/RDS", "WriteLatency", "DBInstanceIdentifier", identifier, { label = "${role} write latency", yAxis = "right" }],
          ]])
        }
      }]
    )
  })
}

# --- money ---------------------------------------------------------------------------------------------------------

resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:environment$%s", var.environment)]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type         = notification.key
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [aws_sns_topic.alarms.arn]
    }
  }
}
