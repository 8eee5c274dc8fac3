mock_provider "aws" {
  source = "../../testing"
}

variables {
  environment             = "prod"
  domain_name             = "meals.example.org"
  zone_id                 = "Z0123456789ABCDEFGHIJ"
  cidr                    = "10.20.0.0/16"
  endpoint_zones          = 3
  images                  = { command = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", query = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/query-service@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" }
  repository_arns         = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/command-service"]
  command                 = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 6 } }
  query                   = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 8 } }
  database                = { instance_class = "db.m7g.large", multi_az = true, allocated_storage_gb = 100, max_allocated_storage_gb = 1000, backup_retention_days = 35, max_connections = 800 }
  deployment              = { canary_percent = 10, canary_bake_minutes = 15, bake_minutes = 60 }
  rotate_passwords        = true
  administrator_role_arns = ["arn:aws:iam::111122223333:role/administrators"]
  checkpoint_bucket       = { bucket = "meals-audit-checkpoints-444455556666", key_arn = "arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-00000000000d" }
  github_repository       = "example/meal-expense-tracker"
  alarm_emails            = ["operations@example.org"]
  monthly_budget_usd      = 1000
}

run "reads_go_to_the_query_side_and_all_else_to_the_command_side" {
  assert {
    condition = {
      for request in [
        "GET /api/v1/expenses", "HEAD /api/v1/expenses", "GET /api/v1/expenses/0198c0de-0000-7000-8000-000000000000/history",
        "GET /api/v1/accounts", "GET /api/v1/audit/events", "GET /api/v1/authors", "GET /api/v1/a", "GET /api/v1/au", "GET /api/v1/aut", "GET /api/v1/reports/monthly",
        "POST /api/v1/expenses", "PUT /api/v1/expenses/1", "DELETE /api/v1/expenses/1", "PATCH /api/v1/expenses/1",
        "POST /api/v1/auth/login", "GET /api/v1/auth/session", "GET /api/v1/auth", "HEAD /api/v1/auth/x/y",
        "GET /.well-known/jwks.json", "POST /.well-known/x", "GET /actuator/health", "GET /v3/api-docs/query", "GET /apixv1/expenses"
      ] : request =>
      contains(["GET", "HEAD"], split(" ", request)[0]) && can(regex(local.query_paths, split(" ", request)[1])) ? "query" :
      startswith(split(" ", request)[1], "/api/") || startswith(split(" ", request)[1], "/.well-known/") ? "command" : "nobody"
      } == {
      "GET /api/v1/expenses"                                              = "query"
      "HEAD /api/v1/expenses"                                             = "query"
      "GET /api/v1/expenses/0198c0de-0000-7000-8000-000000000000/history" = "query"
      "GET /api/v1/accounts"                                              = "query"
      "GET /api/v1/audit/events"                                          = "query"
      "GET /api/v1/authors"                                               = "query"
      "GET /api/v1/a"                                                     = "query"
      "GET /api/v1/au"                                                    = "query"
      "GET /api/v1/aut"                                                   = "query"
      "GET /api/v1/reports/monthly"                                       = "query"
      "POST /api/v1/expenses"                                             = "command"
      "PUT /api/v1/expenses/1"                                            = "command"
      "DELETE /api/v1/expenses/1"                                         = "command"
      "PATCH /api/v1/expenses/1"                                          = "command"
      "POST /api/v1/auth/login"                                           = "command"
      "GET /api/v1/auth/session"                                          = "command"
      "GET /api/v1/auth"                                                  = "command"
      "HEAD /api/v1/auth/x/y"                                             = "command"
      "GET /.well-known/jwks.json"                                        = "command"
      "POST /.well-known/x"                                               = "command"
      "GET /actuator/health"                                              = "nobody"
      "GET /v3/api-docs/query"                                            = "nobody"
      "GET /apixv1/expenses"                                              = "nobody"
    }
    error_message = "A request goes to the wrong side."
  }
  assert {
    condition     = !can(regex("\\(\\?[=!<]", local.query_paths)) && length(local.query_paths) <= 128
    error_message = "A balancer would refuse the regular expression: it looks ahead or behind, or is too long."
  }
}

run "names_tell_product_and_environment" {
  assert {
    condition     = output.names == { database = "meals-prod", replica = null, cluster = "meals-prod" }
    error_message = "Something is called otherwise, or a replica is there that nobody asked for."
  }
  assert {
    condition     = output.deployment.services == [{ name = "query-service", task_family = "meals-prod-query-service" }, { name = "command-service", task_family = "meals-prod-command-service" }]
    error_message = "Services are deployed in another order than readers first."
  }
}

run "each_service_gets_its_own_secrets" {
  variables {
    administrator_email = "admin@example.org"
  }
  assert {
    condition     = module.command_task.secret_variables == tolist(["MEALS_ADMIN_PASSWORD", "MEALS_COMMAND_DB_PASSWORD", "MEALS_MASTER_KEY"])
    error_message = "command-service gets other secrets than it needs."
  }
  assert {
    condition     = module.query_task.secret_variables == tolist(["MEALS_QUERY_DB_PASSWORD"])
    error_message = "query-service gets other secrets than it needs; the master key above all is not its business."
  }
}

run "keys_are_replaced_where_that_is_asked_for" {
  variables {
    replaced_keys = { master_key = true, tokens_made_after = "2026-12-01T00:00:00Z" }
  }
  assert {
    condition     = module.command_task.secret_variables == tolist(["MEALS_COMMAND_DB_PASSWORD", "MEALS_FORMER_MASTER_KEYS", "MEALS_MASTER_KEY"])
    error_message = "command-service does not get the former master key, or more than that."
  }
  assert {
    condition     = module.query_task.secret_variables == tolist(["MEALS_QUERY_DB_PASSWORD"])
    error_message = "Master keys are not the business of query-service, former ones no more than the present one."
  }
}

run "migrations_are_a_step_of_their_own" {
  assert {
    condition     = module.command_task.variables["MEALS_COMMAND_MIGRATION_ENABLED"] == "false" && module.query_task.variables["MEALS_QUERY_MIGRATION_ENABLED"] == "false"
    error_message = "Services migrate when they start, without the login for it."
  }
  assert {
    condition = [for name in ["command-service", "query-service"] : join(" ", concat(keys(module.migration[name].variables), module.migration[name].secret_variables))] == [
      "MEALS_COMMAND_MIGRATION_DB_URL MEALS_COMMAND_MIGRATION_DB_PASSWORD",
      "MEALS_QUERY_MIGRATION_DB_URL MEALS_QUERY_MIGRATION_DB_PASSWORD"
    ]
    error_message = "A migration does not get the migrator's login, or gets more."
  }
  assert {
    condition     = join(" ", output.deployment.migrations[*].task_family) == "meals-prod-command-service-migration meals-prod-query-service-migration"
    error_message = "The pipeline does not know what to run before a switch, or in which order."
  }
  assert {
    condition     = join(" ", module.deploy_role.run_task_definition_arns) == "arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-prod-command-service-migration:* arn:aws:ecs:eu-central-1:111122223333:task-definition/meals-prod-query-service-migration:*"
    error_message = "The pipeline cannot run the migrations, or can run something else."
  }
}

run "services_that_migrate_at_start_get_the_login_for_it" {
  variables {
    migrates_at_start = true
  }
  assert {
    condition     = module.command_task.secret_variables == tolist(["MEALS_COMMAND_DB_PASSWORD", "MEALS_COMMAND_MIGRATION_DB_PASSWORD", "MEALS_MASTER_KEY"]) && module.query_task.secret_variables == tolist(["MEALS_QUERY_DB_PASSWORD", "MEALS_QUERY_MIGRATION_DB_PASSWORD"])
    error_message = "Services would not start, or get more than they need."
  }
}

run "both_colours_find_connections" {
  assert {
    condition     = output.most_connections == 448
    error_message = "Connections are counted otherwise than tasks take them."
  }
}

run "too_few_connections_are_refused" {
  command = plan
  variables {
    query = { cpu = 1024, memory_mb = 2048, tasks = { min = 2, max = 20 } }
  }
  expect_failures = [var.query]
}

run "checkpoints_go_into_the_bucket_and_nowhere_else" {
  assert {
    condition     = module.command_task.variables["MEALS_CHECKPOINT_BUCKET"] == "s3://meals-audit-checkpoints-444455556666/meals-prod" && module.command_task.variables["AWS_REGION"] == "eu-central-1"
    error_message = "command-service is told another bucket, or not where it is."
  }
  assert {
    condition     = length(module.checkpoint_folder) == 0 && !can(module.command_task.variables["MEALS_CHECKPOINT_FOLDER"])
    error_message = "A folder of checkpoints is there that nobody needs."
  }
  assert {
    condition = jsondecode(module.command_task.task_policy).Statement == [
      { Effect = "Allow", Action = ["s3:PutObject", "s3:GetObject"], Resource = ["arn:aws:s3:::meals-audit-checkpoints-444455556666/meals-prod/*"] },
      { Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["arn:aws:s3:::meals-audit-checkpoints-444455556666"], Condition = { StringLike = { "s3:prefix" = "meals-prod/*" } } },
      { Effect = "Allow", Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = ["arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-00000000000d"], Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } } }
    ]
    error_message = "command-service may do something else than add and read its own checkpoints."
  }
  assert {
    condition     = module.query_task.task_policy == null
    error_message = "query-service may do something in AWS that nobody asked for."
  }
}

run "checkpoints_begin_anew_below_the_environments_name" {
  variables {
    checkpoint_bucket = { bucket = "meals-audit-checkpoints-444455556666", key_arn = "arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-00000000000d", prefix = "meals-prod/since-2026-12-01" }
  }
  assert {
    condition     = module.command_task.variables["MEALS_CHECKPOINT_BUCKET"] == "s3://meals-audit-checkpoints-444455556666/meals-prod/since-2026-12-01"
    error_message = "Checkpoints are published below another prefix than asked."
  }
}

run "a_prefix_that_the_bucket_refuses_is_refused" {
  command = plan
  variables {
    checkpoint_bucket = { bucket = "meals-audit-checkpoints-444455556666", key_arn = "arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-00000000000d", prefix = "meals-staging/since-2026-12-01" }
  }
  expect_failures = [var.checkpoint_bucket]
}

run "checkpoints_go_to_a_folder_where_there_is_no_bucket" {
  variables {
    environment       = "dev"
    checkpoint_bucket = null
  }
  assert {
    condition     = length(module.checkpoint_folder) == 1 && module.command_task.variables["MEALS_CHECKPOINT_FOLDER"] == "/checkpoints" && !can(module.command_task.variables["MEALS_CHECKPOINT_BUCKET"])
    error_message = "Checkpoints are published nowhere."
  }
  assert {
    condition     = module.command_task.task_policy == null
    error_message = "command-service may do something in AWS that nobody asked for."
  }
}

run "production_without_a_bucket_for_its_checkpoints_is_refused" {
  command = plan
  variables {
    checkpoint_bucket = null
  }
  expect_failures = [var.checkpoint_bucket]
}

run "another_environment_is_refused" {
  command = plan
  variables {
    environment = "production"
  }
  expect_failures = [var.environment]
}
