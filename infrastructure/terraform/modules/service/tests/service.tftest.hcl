mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                 = "meals-test"
  service              = "command-service"
  task                 = { name = "command-service", port = 8081, task_definition_arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service:1" }
  tasks                = { min = 2, max = 6 }
  rotating_secret_arns = ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:meals-test/database/command-AbCdEf"]
  cluster              = { name = "meals-test", arn = "arn:aws:ecs:eu-central-1:111122223333:cluster/meals-test" }
  vpc_id               = "vpc-0123456789abcdef0"
  subnet_ids           = ["subnet-0000000000000000a", "subnet-0000000000000000b", "subnet-0000000000000000c"]
  balancer = {
    arn_suffix        = "app/meals-test/0123456789abcdef"
    security_group_id = "sg-0000000000000000a"
    listener_arns = {
      production = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/meals-test/0123456789abcdef/000000000000000a"
      test       = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/meals-test/0123456789abcdef/000000000000000b"
    }
  }
  routing           = { priority = 20, path_patterns = ["/api/*", "/.well-known/*"] }
  reaches           = { database = { security_group_id = "sg-0000000000000000b", port = 5432 } }
  s3_prefix_list_id = "pl-0123456789abcdef0"
  deployment        = { canary_percent = 10, canary_bake_minutes = 10, bake_minutes = 30 }
  alarm_topic_arn   = "arn:aws:sns:eu-central-1:111122223333:meals-test-alarms"
}

run "a_canary_goes_first" {
  assert {
    condition     = aws_ecs_service.this.deployment_controller[0].type == "ECS" && aws_ecs_service.this.deployment_configuration[0].strategy == "CANARY"
    error_message = "A new version gets everybody at once."
  }
  assert {
    condition     = aws_ecs_service.this.deployment_configuration[0].canary_configuration[0].canary_percent == 10 && aws_ecs_service.this.deployment_configuration[0].canary_configuration[0].canary_bake_time_in_minutes == "10" && aws_ecs_service.this.deployment_configuration[0].bake_time_in_minutes == "30"
    error_message = "The canary has another size or time than asked, or the old version goes too soon."
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).advanced_configuration[0].production_listener_rule == aws_lb_listener_rule.this["production"].arn && one(aws_ecs_service.this.load_balancer).advanced_configuration[0].test_listener_rule == aws_lb_listener_rule.this["test"].arn
    error_message = "A deployment moves other weights than those of this service."
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).target_group_arn != null && length(aws_lb_target_group.this) == 2
    error_message = "There are not two colours."
  }
}

run "blue_green_without_a_canary_where_asked" {
  variables {
    deployment = { bake_minutes = 5 }
  }
  assert {
    condition     = aws_ecs_service.this.deployment_configuration[0].strategy == "BLUE_GREEN" && length(aws_ecs_service.this.deployment_configuration[0].canary_configuration) == 0
    error_message = "A canary is there that nobody asked for."
  }
}

run "alarms_take_a_deployment_back" {
  assert {
    condition     = aws_ecs_service.this.alarms[0].enable && aws_ecs_service.this.alarms[0].rollback
    error_message = "Alarms do not take a deployment back."
  }
  assert {
    condition = aws_ecs_service.this.alarms[0].alarm_names == toset([
      "meals-test-command-service-blue-errors", "meals-test-command-service-green-errors",
      "meals-test-command-service-blue-slow", "meals-test-command-service-green-slow"
    ])
    error_message = "An alarm of one of the colours is not wired."
  }
  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "A version whose tasks do not start is tried for ever."
  }
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.slow)) : alarm.treat_missing_data == "notBreaching" && alarm.alarm_actions == toset([var.alarm_topic_arn])])
    error_message = "An alarm rings when nobody asks anything, or tells nobody."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.errors : alarm.threshold == 1 && length([for query in alarm.metric_query : query if try(query.metric[0].metric_name, "") == "HTTPCode_Target_5XX_Count"]) == 1])
    error_message = "Errors are not counted, or too many are accepted."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.slow : alarm.metric_name == "TargetResponseTime" && alarm.extended_statistic == "p99" && alarm.threshold == 2])
    error_message = "Slowness is not noticed."
  }
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.deployment_failed.event_pattern).detail.eventName == ["SERVICE_DEPLOYMENT_FAILED"] && aws_cloudwatch_event_target.deployment_failed.arn == var.alarm_topic_arn
    error_message = "Nobody hears of a deployment that failed."
  }
}

run "both_listeners_ask_for_the_same" {
  assert {
    condition     = toset(keys(aws_lb_listener_rule.this)) == toset(["production", "test"]) && length(distinct([for rule in aws_lb_listener_rule.this : rule.priority])) == 1
    error_message = "A new colour is tried with other requests than it will get."
  }
  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.this : length(rule.condition) == 1 && one(rule.condition).path_pattern[0].values == toset(["/api/*", "/.well-known/*"])])
    error_message = "The service gets other paths than asked."
  }
  assert {
    condition     = alltrue([for group in aws_lb_target_group.this : group.health_check[0].path == "/actuator/health/readiness" && group.health_check[0].matcher == "200"])
    error_message = "Requests go to tasks that are not ready."
  }
}

run "methods_and_paths_by_regular_expression" {
  variables {
    routing = { priority = 10, methods = ["GET", "HEAD"], path_regex = "^/api/v1/x$" }
  }
  assert {
    condition = alltrue([for rule in aws_lb_listener_rule.this :
      anytrue([for condition in rule.condition : try(condition.http_request_method[0].values == toset(["GET", "HEAD"]), false)]) &&
      anytrue([for condition in rule.condition : try(condition.path_pattern[0].regex_values == toset(["^/api/v1/x$"]), false)])
    ])
    error_message = "The method or the path is not asked for."
  }
}

run "a_task_can_do_little" {
  assert {
    condition     = !aws_ecs_service.this.enable_execute_command && !aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "Somebody gets a shell in a task, or a task is on the internet."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_balancer.referenced_security_group_id == "sg-0000000000000000a" && aws_vpc_security_group_ingress_rule.from_balancer.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.from_balancer.from_port == 8081
    error_message = "Others than the balancer reach a task."
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.balancer_from_tasks) == 0
    error_message = "The service may ask the balancer without a reason."
  }
}

run "moving_weights_moves_nothing_else" {
  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.infrastructure.policy).Statement :
      !contains(flatten([statement.Resource]), "*") || alltrue([for action in flatten([statement.Action]) : startswith(action, "elasticloadbalancing:Describe")])
    ])
    error_message = "A deployment may change balancers of others."
  }
}

run "it_runs_the_task_that_was_asked_for" {
  assert {
    condition     = aws_ecs_service.this.task_definition == var.task.task_definition_arn
    error_message = "The service runs something else."
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).container_name == "command-service" && one(aws_ecs_service.this.load_balancer).container_port == 8081
    error_message = "The balancer asks another container, or on another port."
  }
}

run "new_tasks_after_a_password_changed" {
  assert {
    condition     = toset(jsondecode(aws_cloudwatch_event_rule.rotated.event_pattern).detail.additionalEventData.SecretId) == toset(var.rotating_secret_arns)
    error_message = "A password changes and nobody hears of it."
  }
  assert {
    condition     = jsondecode(aws_sfn_state_machine.replace_tasks.definition).States.Deploy.Parameters.ForceNewDeployment && aws_cloudwatch_event_target.rotated.arn == aws_sfn_state_machine.replace_tasks.arn
    error_message = "Tasks keep the old password."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.replace_tasks.policy).Statement[0].Resource == aws_ecs_service.this.id
    error_message = "Replacing tasks may touch other services."
  }
}

run "it_grows_within_its_bounds" {
  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && aws_appautoscaling_target.this.max_capacity == 6 && aws_ecs_service.this.desired_count == 2
    error_message = "Other bounds than asked."
  }
}

run "hooks_are_called_with_a_role_of_their_own" {
  variables {
    lifecycle_hooks = [{ function_arn = "arn:aws:lambda:eu-central-1:111122223333:function:smoke", stages = ["POST_TEST_TRAFFIC_SHIFT"] }]
  }
  assert {
    condition     = one(aws_ecs_service.this.deployment_configuration[0].lifecycle_hook).lifecycle_stages == tolist(["POST_TEST_TRAFFIC_SHIFT"])
    error_message = "The hook is not called where asked."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.hooks[0].policy).Statement[0].Resource == ["arn:aws:lambda:eu-central-1:111122223333:function:smoke"]
    error_message = "Hooks may call other functions."
  }
}

run "a_canary_of_everybody_is_refused" {
  command = plan
  variables {
    deployment = { canary_percent = 100, canary_bake_minutes = 10, bake_minutes = 30 }
  }
  expect_failures = [var.deployment]
}

run "a_canary_shorter_than_the_alarms_is_refused" {
  command = plan
  variables {
    deployment = { canary_percent = 10, canary_bake_minutes = 1, bake_minutes = 30 }
  }
  expect_failures = [var.deployment]
}

run "a_rule_that_the_balancer_would_refuse_is_refused" {
  command = plan
  variables {
    routing = { priority = 10, methods = ["GET", "HEAD"], path_patterns = ["/a", "/b", "/c", "/d"] }
  }
  expect_failures = [var.routing]
}
