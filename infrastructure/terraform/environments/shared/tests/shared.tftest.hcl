mock_provider "aws" {
  source = "../../testing"
}

variables {
  account_id        = "111122223333"
  github_repository = "example/meal-expense-tracker"
}

run "one_repository_per_image" {
  assert {
    condition     = toset(keys(output.repository_urls)) == toset(["command-service", "query-service", "web-app"])
    error_message = "An image has no repository."
  }
  assert {
    condition     = aws_kms_key.images.enable_key_rotation
    error_message = "The key of images does not rotate."
  }
}
