mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                    = "meals-test"
  administrator_role_arns = ["arn:aws:iam::111122223333:role/administrators"]
  storage_key_arn         = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000a"
}

run "everything_is_encrypted" {
  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.receipts.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.storage_key_arn
    ])
    error_message = "Receipts are not under the key of stored files."
  }
  assert {
    condition     = length(aws_s3_bucket_server_side_encryption_configuration.access_logs.rule) == 1
    error_message = "Access logs are not encrypted."
  }
}

run "nothing_is_public" {
  assert {
    condition     = toset(keys(aws_s3_bucket_public_access_block.this)) == toset(["receipts", "access-logs"])
    error_message = "A bucket is not closed to the public."
  }
  assert {
    condition     = alltrue([for block in aws_s3_bucket_public_access_block.this : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "A bucket is closed to the public only in part."
  }
  assert {
    condition     = alltrue([for policy in aws_s3_bucket_policy.this : contains([for statement in jsondecode(policy.policy).Statement : statement.Sid if statement.Effect == "Deny" && statement.Principal == "*"], "OnlyByTls")])
    error_message = "A bucket answers without TLS."
  }
}

run "a_receipt_can_be_looked_at_for_ever" {
  assert {
    condition     = aws_s3_bucket_versioning.receipts.versioning_configuration[0].status == "Enabled"
    error_message = "A receipt that is replaced is lost."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.receipts.rule : try(length(rule.expiration), 0) == 0 && try(length(rule.noncurrent_version_expiration), 0) == 0])
    error_message = "A receipt, or an older version of one, expires."
  }
  assert {
    condition = alltrue(flatten([
      for rule in aws_s3_bucket_lifecycle_configuration.receipts.rule : [
        for transition in concat(tolist(rule.transition[*].storage_class), [for old in rule.noncurrent_version_transition : old.storage_class]) :
        contains(["INTELLIGENT_TIERING", "STANDARD_IA", "GLACIER_IR"], transition)
      ]
    ]))
    error_message = "A receipt goes where it cannot be read at once."
  }
  assert {
    condition     = contains([for statement in jsondecode(aws_s3_bucket_policy.this["receipts"].policy).Statement : statement.Sid if statement.Effect == "Deny" && contains(flatten([statement.Action]), "s3:DeleteObjectVersion")], "NoVersionIsLost")
    error_message = "A service could delete a version for good."
  }
  assert {
    condition     = !aws_s3_bucket.receipts.force_destroy
    error_message = "Receipts go with their bucket."
  }
}

run "access_logs_are_forgotten" {
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.access_logs.rule[0].expiration[0].days == 90
    error_message = "Addresses of people are kept for ever."
  }
}

run "anybody_as_administrator_is_refused" {
  command = plan
  variables {
    administrator_role_arns = ["arn:aws:iam::111122223333:role/*"]
  }
  expect_failures = [var.administrator_role_arns]
}
