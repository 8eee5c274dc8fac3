mock_provider "aws" {
  source = "../../testing"
}

variables {
  name               = "meals-test"
  task               = "command-service"
  container          = "command-service"
  image              = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  repository_arns    = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/command-service"]
  cpu                = 1024
  memory_mb          = 2048
  environment        = { MEALS_COMMAND_PORT = "8081" }
  secrets            = { MEALS_COMMAND_DB_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:meals-test/database/command-AbCdEf:password::" }
  permissions        = []
  secrets_key_arn    = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000b"
  logs_key_arn       = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000c"
  log_retention_days = 90
}

run "it_is_called_after_its_environment" {
  assert {
    condition     = output.family == "meals-test-command-service" && output.log_group.name == "/meals-test/command-service"
    error_message = "Others look for it under another name."
  }
  assert {
    condition     = output.task_definition_arns == ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service:*"]
    error_message = "A policy that names its revisions names others."
  }
}

run "a_task_can_do_little" {
  assert {
    condition     = output.container.readonlyRootFilesystem && output.container.user == "10001" && output.container.linuxParameters.capabilities.drop == ["ALL"] && try(output.container.privileged, false) == false
    error_message = "A container can write its files, is root, or has capabilities."
  }
  assert {
    condition     = length(aws_iam_role_policy.task) == 0 && output.task_policy == null
    error_message = "A task may do something in AWS that nobody asked for."
  }
  assert {
    condition     = length(aws_ecs_task_definition.this.volume) == 1 && length(jsondecode(aws_ecs_task_definition.this.container_definitions)) == 1
    error_message = "A folder or a container is there that nobody asked for."
  }
}

run "a_task_without_permissions_has_no_role" {
  variables {
    permissions = null
  }
  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == null && output.task_role_arn == null && output.passed_role_arns == [aws_iam_role.execution.arn]
    error_message = "A task has a role that it was not given."
  }
}

run "it_is_told_what_is_its_own" {
  variables {
    port = 8081
  }
  assert {
    condition     = output.container.portMappings == [{ containerPort = 8081, protocol = "tcp" }] && output.container.stopTimeout == 60 && !can(output.container.command)
    error_message = "The container is not reached, is not given time to stop, or is told what nobody asked for."
  }
  assert {
    condition     = output.container.logConfiguration.options == { "awslogs-group" = "/meals-test/command-service", "awslogs-region" = "eu-central-1", "awslogs-stream-prefix" = "command-service", mode = "non-blocking", "max-buffer-size" = "8m" }
    error_message = "Its log goes elsewhere, or can stop an append."
  }
}

run "what_ends_by_itself_answers_nobody" {
  variables {
    command = ["--migrate"]
  }
  assert {
    condition     = output.container.command == ["--migrate"] && !can(output.container.portMappings) && !can(output.container.stopTimeout)
    error_message = "A task that ends is not told what to do, or answers on a port."
  }
  assert {
    condition     = !can(output.container.logConfiguration.options.mode)
    error_message = "Something that it said could be missing from its log."
  }
}

run "starting_a_task_needs_its_own_secrets_and_nothing_else" {
  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement :
      !contains(flatten([statement.Resource]), "*") || flatten([statement.Action]) == ["ecr:GetAuthorizationToken"]
    ])
    error_message = "Starting a task may reach things of others."
  }
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : flatten([statement.Resource]) if contains(flatten([statement.Action]), "secretsmanager:GetSecretValue")] == [
      ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:meals-test/database/command-AbCdEf"]
    ]
    error_message = "Starting a task may read secrets of others."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : can(statement.Condition.StringEquals["kms:ViaService"]) if contains(flatten([statement.Action]), "kms:Decrypt")])
    error_message = "The key of secrets may be used for anything."
  }
  assert {
    condition     = alltrue([for role in concat([aws_iam_role.execution], aws_iam_role.task) : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"])
    error_message = "A role can be taken from another account."
  }
}

run "what_is_logged_is_encrypted" {
  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.logs_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "The log is not encrypted, or kept for ever."
  }
}

run "checkpoints_go_to_the_folder" {
  variables {
    checkpoint_folder = { file_system_id = "fs-0123456789abcdef0", access_point_id = "fsap-0123456789abcdef0", path = "/checkpoints" }
  }
  assert {
    condition     = one([for volume in aws_ecs_task_definition.this.volume : volume.efs_volume_configuration[0] if volume.name == "checkpoints"]).transit_encryption == "ENABLED" && one([for volume in aws_ecs_task_definition.this.volume : volume.efs_volume_configuration[0] if volume.name == "checkpoints"]).authorization_config[0].iam == "ENABLED"
    error_message = "The folder of checkpoints is mounted without TLS, or by anybody."
  }
  assert {
    condition     = [for mount in one(jsondecode(aws_ecs_task_definition.this.container_definitions)).mountPoints : mount.containerPath if mount.sourceVolume == "checkpoints"] == ["/checkpoints"]
    error_message = "The folder of checkpoints is mounted elsewhere."
  }
}

run "a_task_may_do_what_it_is_given" {
  variables {
    permissions = [
      { actions = ["s3:PutObject"], resources = ["arn:aws:s3:::checkpoints-elsewhere/meals-test/*"] },
      { actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::checkpoints-elsewhere"], condition = { StringLike = { "s3:prefix" = "meals-test/*" } } }
    ]
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.task[0].policy).Statement == [
      { Effect = "Allow", Action = ["s3:PutObject"], Resource = ["arn:aws:s3:::checkpoints-elsewhere/meals-test/*"] },
      { Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["arn:aws:s3:::checkpoints-elsewhere"], Condition = { StringLike = { "s3:prefix" = "meals-test/*" } } }
    ]
    error_message = "The task may do something else than asked."
  }
}

run "an_image_by_tag_is_refused" {
  command = plan
  variables {
    image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service:latest"
  }
  expect_failures = [var.image]
}

run "a_secret_in_plain_sight_is_refused" {
  command = plan
  variables {
    environment = { MEALS_MASTER_KEY = "c2VjcmV0" }
  }
  expect_failures = [var.environment]
}

run "a_task_that_may_everything_is_refused" {
  command = plan
  variables {
    permissions = [{ actions = ["s3:PutObject"], resources = ["*"] }]
  }
  expect_failures = [var.permissions]
}

run "containers_as_root_are_refused" {
  command = plan
  variables {
    container_user_id = 0
  }
  expect_failures = [var.container_user_id]
}

