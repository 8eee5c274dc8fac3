mock_provider "aws" {
  source = "../../testing"
}

variables {
  name         = "meals"
  repositories = ["command-service", "query-service"]
  key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "an_image_is_what_was_tested" {
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag can be moved to another image."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "An image is not scanned."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == var.key_arn])
    error_message = "An image is not under the key."
  }
  assert {
    condition     = aws_ecr_repository.this["command-service"].name == "meals/command-service" && length(aws_ecr_repository_policy.pull) == 0
    error_message = "A repository has another name, or is open to other accounts."
  }
}

run "other_accounts_pull_and_never_push" {
  variables {
    pulling_account_ids = ["444455556666"]
  }
  assert {
    condition = alltrue(flatten([
      for policy in aws_ecr_repository_policy.pull : [
        for statement in jsondecode(policy.policy).Statement :
        toset(statement.Action) == toset(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]) && statement.Principal.AWS == ["arn:aws:iam::444455556666:root"]
      ]
    ]))
    error_message = "Another account may do more than pull, or any account may."
  }
}

run "nothing_to_go_back_to_is_refused" {
  command = plan
  variables {
    images_kept = 1
  }
  expect_failures = [var.images_kept]
}
