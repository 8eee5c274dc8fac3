mock_provider "aws" {
  source = "../../testing"
}

variables {
  name              = "meals-test"
  service           = "command-service"
  image             = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  repository_arns   = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/command-service"]
  environment       = { MEALS_COMMAND_MIGRATION_DB_URL = "jdbc:postgresql://database:5432/meals?sslmode=require" }
  secrets           = { MEALS_COMMAND_MIGRATION_DB_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:migrator-AbCdEf:password::" }
  vpc_id            = "vpc-0123456789abcdef0"
  reaches           = { database = { security_group_id = "sg-database", port = 5432 }, endpoints = { security_group_id = "sg-endpoints", port = 443 } }
  s3_prefix_list_id = "pl-0123456789abcdef0"
  secrets_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000001"
  logs_key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000002"
}

run "it_migrates_and_ends" {
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command == ["--migrate"]
    error_message = "The task would run the service."
  }
  assert {
    condition     = !can(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings)
    error_message = "A migration answers on a port."
  }
  assert {
    condition     = output.task_family == "meals-test-command-service-migration" && output.task_definition_arns == ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service-migration:*"]
    error_message = "The pipeline looks for it under another name."
  }
}

run "it_can_do_little" {
  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == null
    error_message = "A migration may do something in AWS."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "10001" && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"]
    error_message = "A migration runs as root, or may write where it need not."
  }
  assert {
    condition     = { for name, rule in aws_vpc_security_group_egress_rule.to : name => rule.to_port } == { database = 5432, endpoints = 443 }
    error_message = "A migration reaches something else than the database and AWS' endpoints."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.logs_key_arn
    error_message = "What it says is not encrypted."
  }
}

run "starting_it_needs_the_migrators_login_and_nothing_else" {
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Action == "secretsmanager:GetSecretValue"] == [["arn:aws:secretsmanager:eu-central-1:111122223333:secret:migrator-AbCdEf"]]
    error_message = "A migration is started with other secrets than the migrator's."
  }
}

run "another_secret_is_refused" {
  command = plan
  variables {
    secrets = { MEALS_MASTER_KEY = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:master-key-AbCdEf" }
  }
  expect_failures = [var.secrets]
}

run "an_image_by_tag_is_refused" {
  command = plan
  variables {
    image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service:latest"
  }
  expect_failures = [var.image]
}
