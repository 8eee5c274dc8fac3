mock_provider "aws" {
  source = "../../testing"
}

variables {
  account_id = "444455556666"
  publishers = { meals-prod = "arn:aws:iam::111122223333:role/meals-prod-command-service-task" }
}

run "its_own_bucket_and_key" {
  assert {
    condition     = output.bucket_name != null && output.key_arn != null
    error_message = "Environments would not know where to publish."
  }
}

run "an_account_by_name_is_refused" {
  command = plan
  variables {
    account_id = "audit"
  }
  expect_failures = [var.account_id]
}
