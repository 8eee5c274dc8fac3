mock_provider "aws" {
  source = "../../testing"
}

variables {
  name = "meals-test"
}

run "every_purpose_has_a_key_that_rotates_and_dies_slowly" {
  assert {
    condition     = toset(keys(aws_kms_key.this)) == toset(["database", "storage", "secrets", "logs"])
    error_message = "One key per purpose is missing or too many."
  }
  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation])
    error_message = "A key does not rotate."
  }
  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.deletion_window_in_days == 30])
    error_message = "A key can be deleted sooner than in 30 days."
  }
  assert {
    condition     = aws_kms_alias.this["database"].name == "alias/meals-test-database"
    error_message = "The alias does not tell environment and purpose."
  }
}

run "a_service_uses_a_key_for_this_account_only" {
  assert {
    condition = alltrue(flatten([
      for key in aws_kms_key.this : [
        for statement in jsondecode(key.policy).Statement :
        can(statement.Principal.Service) ? can(statement.Condition) : statement.Principal.AWS == "arn:aws:iam::111122223333:root"
      ]
    ]))
    error_message = "A key can be used from outside of this account."
  }
  assert {
    condition     = length(jsondecode(aws_kms_key.this["database"].policy).Statement) == 1
    error_message = "A service may use the key of the database in its own name."
  }
}

run "secrets_are_under_their_own_key" {
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == aws_kms_key.this["secrets"].arn])
    error_message = "A secret is not under the key of secrets."
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.recovery_window_in_days == 30])
    error_message = "A secret can be lost within 30 days."
  }
}

run "a_name_that_aws_would_refuse_is_refused" {
  command = plan
  variables {
    name = "Meals_Prod"
  }
  expect_failures = [var.name]
}
