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
    condition     = module.task.container.command == ["--migrate"]
    error_message = "The task would run the service."
  }
  assert {
    condition     = !can(module.task.container.portMappings)
    error_message = "A migration answers on a port."
  }
  assert {
    condition     = output.task_family == "meals-test-command-service-migration" && output.task_definition_arns == ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service-migration:*"]
    error_message = "The pipeline looks for it under another name."
  }
}

run "it_can_do_little" {
  assert {
    condition     = module.task.task_role_arn == null
    error_message = "A migration may do something in AWS."
  }
  assert {
    condition     = { for name, rule in aws_vpc_security_group_egress_rule.to : name => rule.to_port } == { database = 5432, endpoints = 443 }
    error_message = "A migration reaches something else than the database and AWS' endpoints."
  }
}

run "another_secret_is_refused" {
  command = plan
  variables {
    secrets = { MEALS_MASTER_KEY = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:master-key-AbCdEf" }
  }
  expect_failures = [var.secrets]
}
