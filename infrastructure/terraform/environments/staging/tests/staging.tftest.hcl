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
}

run "productions_shape_and_called_staging" {
  assert {
    condition     = output.names == { database = "meals-staging", replica = null, cluster = "meals-staging" }
    error_message = "Something is called otherwise."
  }
  assert {
    condition     = output.sizes.database == { writer = "db.t4g.medium", replica = null, standby = true, disk_gb = 50, most_disk_gb = 500, days_back = 14, protected = true }
    error_message = "The database has another size, or no standby."
  }
  assert {
    condition = alltrue([for size in [output.sizes.command, output.sizes.query] : size == {
      cpu = 1024, memory_mb = 2048, min = 2, max = 4, strategy = "CANARY", canary_percent = 10, bake_minutes = 15
    }])
    error_message = "A service has another size, or takes over otherwise than in production."
  }
}
