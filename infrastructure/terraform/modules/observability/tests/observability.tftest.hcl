mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                   = "meals-test"
  environment            = "test"
  alarm_emails           = ["operations@example.org"]
  monthly_budget_usd     = 300
  database               = { writer_identifier = "meals-test", max_connections = 400 }
  balancer_arn_suffix    = "app/meals-test/0123456789abcdef"
  target_groups          = { command-service = { blue = "targetgroup/blue/1", green = "targetgroup/green/2" } }
  command_log_group_name = "/meals-test/command-service"
  logs_key_arn           = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000c"
}

run "every_alarm_is_told_to_somebody" {
  assert {
    condition = alltrue([for alarm in concat(
      values(aws_cloudwatch_metric_alarm.database_cpu), values(aws_cloudwatch_metric_alarm.database_disk), [aws_cloudwatch_metric_alarm.database_connections],
      [aws_cloudwatch_metric_alarm.balancer_errors], values(aws_cloudwatch_metric_alarm.sentence)
    ) : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "An alarm is told to nobody."
  }
  assert {
    condition     = [for subscription in aws_sns_topic_subscription.people : subscription.endpoint] == ["operations@example.org"]
    error_message = "Somebody else is told."
  }
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.logs_key_arn
    error_message = "What is told is not encrypted."
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.alarms.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Other accounts can ring the alarm."
  }
}

run "a_seal_that_breaks_is_heard" {
  assert {
    condition     = aws_cloudwatch_log_metric_filter.sentence["not-sealed"].pattern == "\"The log is not sealed any further\"" && aws_cloudwatch_metric_alarm.sentence["not-sealed"].threshold == 1
    error_message = "A log that contradicts its seal rings nothing."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.sentence["not-sealed"].evaluation_periods == 1 && aws_cloudwatch_metric_alarm.sentence["not-sealed"].datapoints_to_alarm == 1
    error_message = "A log that contradicts its seal rings late."
  }
}

run "a_log_that_takes_nothing_is_heard" {
  assert {
    condition     = aws_cloudwatch_log_metric_filter.sentence["log-closed"].pattern == "\"The log takes no appends\"" && aws_cloudwatch_metric_alarm.sentence["log-closed"].datapoints_to_alarm == 1
    error_message = "Nobody hears that nothing is recorded."
  }
}

run "checkpoints_that_are_not_taken_are_heard" {
  assert {
    condition     = aws_cloudwatch_log_metric_filter.sentence["checkpoints-not-published"].pattern == "?\"takes no checkpoint\" ?\"The log could not be sealed\"" && aws_cloudwatch_log_metric_filter.sentence["checkpoints-not-published"].log_group_name == "/meals-test/command-service"
    error_message = "Other sentences are waited for, or elsewhere."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].threshold == 1 && aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].period * aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].evaluation_periods == 900
    error_message = "It does not look at a quarter of an hour."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].datapoints_to_alarm == 2
    error_message = "One hiccup rings, or only what lasts throughout."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].metric_name == "checkpoints-not-published" && aws_cloudwatch_metric_alarm.sentence["checkpoints-not-published"].treat_missing_data == "notBreaching"
    error_message = "It counts something else, or rings while all is well."
  }
}

run "the_disk_and_the_connections_are_watched" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.database_disk["writer"].threshold == 10737418240 && aws_cloudwatch_metric_alarm.database_disk["writer"].treat_missing_data == "breaching"
    error_message = "A disk that fills up is not noticed."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.database_connections.threshold == 320
    error_message = "The alarm for connections is not at four fifths."
  }
}

run "no_replica_no_alarm" {
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.replica_lag) == 0 && length(aws_cloudwatch_metric_alarm.database_cpu) == 1
    error_message = "A replica is watched that is not there."
  }
}

run "a_replica_is_watched" {
  variables {
    database = { writer_identifier = "meals-test", replica_identifier = "meals-test-replica", max_connections = 400 }
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.replica_lag[0].threshold == 900 && aws_cloudwatch_metric_alarm.replica_lag[0].treat_missing_data == "breaching" && length(aws_cloudwatch_metric_alarm.database_disk) == 2
    error_message = "A replica falls behind unnoticed."
  }
}

run "money_is_watched" {
  assert {
    condition     = aws_budgets_budget.this.limit_amount == "300" && { for notification in aws_budgets_budget.this.notification : notification.notification_type => notification.threshold } == { ACTUAL = 80, FORECASTED = 100 }
    error_message = "Costs run away unnoticed."
  }
  assert {
    condition     = one(aws_budgets_budget.this.cost_filter).values == tolist(["user:environment$test"])
    error_message = "Costs of other environments are counted."
  }
}

run "an_alarm_for_nobody_is_refused" {
  command = plan
  variables {
    alarm_emails = []
  }
  expect_failures = [var.alarm_emails]
}
