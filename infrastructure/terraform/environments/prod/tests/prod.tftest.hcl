mock_provider "aws" {
  source = "../../testing"
}

variables {
  account_id              = "111122223333"
  domain_name             = "meals.example.org"
  zone_id                 = "Z0123456789ABCDEFGHIJ"
  images                  = { command = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/command-service@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", query = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/meals/query-service@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" }
  repository_arns         = ["arn:aws:ecr:eu-central-1:111122223333:repository/meals/command-service", "arn:aws:ecr:eu-central-1:111122223333:repository/meals/query-service"]
  administrator_role_arns = ["arn:aws:iam::111122223333:role/administrators"]
  github_repository       = "example/meal-expense-tracker"
  alarm_emails            = ["operations@example.org"]
  checkpoint_bucket       = { bucket = "meals-audit-checkpoints-444455556666", key_arn = "arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-00000000000d" }
}

run "safe_and_called_prod" {
  assert {
    condition     = output.names == { database = "meals-prod", replica = null, cluster = "meals-prod" }
    error_message = "Something is called otherwise, or a replica is there that nobody asked for."
  }
  assert {
    condition     = output.sizes.database == { writer = "db.m7g.large", replica = null, standby = true, disk_gb = 100, most_disk_gb = 2000, days_back = 35, protected = true }
    error_message = "The database has another size, no standby, or can be deleted."
  }
  assert {
    condition     = output.sizes.command == { cpu = 1024, memory_mb = 2048, min = 2, max = 6, strategy = "CANARY", canary_percent = 10, bake_minutes = 60 }
    error_message = "command-service has another size, or no canary."
  }
  assert {
    condition     = output.sizes.query == { cpu = 1024, memory_mb = 2048, min = 3, max = 8, strategy = "CANARY", canary_percent = 10, bake_minutes = 60 }
    error_message = "query-service has another size, or no canary."
  }
}

run "a_replica_where_asked" {
  variables {
    read_replica_instance_class = "db.m7g.large"
  }
  assert {
    condition     = output.names.replica == "meals-prod-replica" && output.sizes.database.replica == "db.m7g.large"
    error_message = "The replica is missing, or of another size."
  }
}

run "another_account_is_no_account" {
  command = plan
  variables {
    account_id = "prod"
  }
  expect_failures = [var.account_id]
}
