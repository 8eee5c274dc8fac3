mock_provider "aws" {
  source = "../../testing"
}

variables {
  name     = "meals-test-deploy"
  subjects = ["repo:example/meal-expense-tracker:environment:test"]
  deploy = {
    service_arns     = ["arn:aws:ecs:eu-central-1:111122223333:service/meals-test/command-service"]
    passed_role_arns = ["arn:aws:iam::111122223333:role/meals-test-command-service-task"]
    repository_arns  = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/web-app"]
    web_bucket_arn   = "arn:aws:s3:::meals-test-web-111122223333"
    distribution_arn = "arn:aws:cloudfront::111122223333:distribution/E0MOCK"

    migrations = {
      cluster_arn          = "arn:aws:ecs:eu-central-1:111122223333:cluster/meals-test"
      task_definition_arns = ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service-migration:*"]
      log_group_arns       = ["arn:aws:logs:eu-central-1:111122223333:log-group:/meals-test/command-service-migration"]
    }
  }
}

run "only_the_named_environment_takes_it" {
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example/meal-expense-tracker:environment:test"]
    error_message = "Others than the named environment may take the role."
  }
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com" && !can(jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringLike)
    error_message = "Tokens for others, or subjects by pattern, are accepted."
  }
}

run "deploying_needs_little" {
  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement :
      !contains(statement.Resource, "*") || length(setsubtract(statement.Action, ["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition", "ecr:GetAuthorizationToken"])) == 0
    ])
    error_message = "The pipeline may do something to everything."
  }
  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [for action in statement.Action : strcontains(action, "*") || startswith(action, "secretsmanager:") || startswith(action, "kms:") || startswith(action, "rds") || action == "s3:DeleteObject" || action == "ecs:ExecuteCommand"]]))
    error_message = "The pipeline may read secrets, reach the database, delete files or get a shell."
  }
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement if contains(statement.Action, "iam:PassRole")] == [{
      Sid       = "WithTheServicesOwnRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["arn:aws:iam::111122223333:role/meals-test-command-service-task"]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
    error_message = "The pipeline may give a task any role, and so have it itself."
  }
  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [for action in statement.Action : action if startswith(action, "ecr:")]])) == toset(["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])
    error_message = "Who deploys may push images too: what was tested would not be what is deployed."
  }
}

run "migrations_are_all_that_is_run" {
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement if contains(statement.Action, "ecs:RunTask")] == [{
      Sid       = "RunMigrations"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service-migration:*"]
      Condition = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:111122223333:cluster/meals-test" } }
    }]
    error_message = "The pipeline may run something else than migrations, or elsewhere."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if contains(statement.Action, "ecs:DescribeTasks")] == [["arn:aws:ecs:eu-central-1:111122223333:task/meals-test/*"]]
    error_message = "The pipeline cannot see how a migration ended, or sees the tasks of others."
  }
}

run "running_a_service_as_a_task_is_refused" {
  command = plan
  variables {
    deploy = {
      service_arns     = ["arn:aws:ecs:eu-central-1:111122223333:service/meals-test/command-service"]
      passed_role_arns = ["arn:aws:iam::111122223333:role/meals-test-command-service-task"]
      repository_arns  = []
      web_bucket_arn   = "arn:aws:s3:::meals-test-web-111122223333"
      distribution_arn = "arn:aws:cloudfront::111122223333:distribution/E0MOCK"
      migrations = {
        cluster_arn          = "arn:aws:ecs:eu-central-1:111122223333:cluster/meals-test"
        task_definition_arns = ["arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-test-command-service:*"]
        log_group_arns       = []
      }
    }
  }
  expect_failures = [var.deploy]
}

run "pushing_deploys_nothing" {
  variables {
    deploy = null
    push   = { repository_arns = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/command-service"] }
  }
  assert {
    condition     = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [for action in statement.Action : startswith(action, "ecr:")]]))
    error_message = "Who pushes images may deploy too."
  }
  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [for action in statement.Action : contains(["ecr:BatchDeleteImage", "ecr:PutImageTagMutability"], action)]]))
    error_message = "The pipeline may delete images, or make tags movable."
  }
}

run "the_accounts_own_provider_is_used" {
  variables {
    oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "A second provider is made, which AWS refuses."
  }
}

run "a_subject_by_pattern_is_refused" {
  command = plan
  variables {
    subjects = ["repo:example/meal-expense-tracker:*"]
  }
  expect_failures = [var.subjects]
}

run "pull_requests_are_refused" {
  command = plan
  variables {
    subjects = ["repo:example/meal-expense-tracker:pull_request"]
  }
  expect_failures = [var.subjects]
}
