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

run "small_and_called_dev" {
  assert {
    condition     = output.names == { database = "meals-dev", replica = null, cluster = "meals-dev" }
    error_message = "Something is called otherwise."
  }
  assert {
    condition     = output.sizes.database == { writer = "db.t4g.small", replica = null, standby = false, disk_gb = 20, most_disk_gb = 100, days_back = 7, protected = false }
    error_message = "The database has another size."
  }
  assert {
    condition = alltrue([for size in [output.sizes.command, output.sizes.query] : size == {
      cpu = 512, memory_mb = 1024, min = 1, max = 2, strategy = "BLUE_GREEN", canary_percent = null, bake_minutes = 5
    }])
    error_message = "A service has another size, or takes over otherwise."
  }
}
