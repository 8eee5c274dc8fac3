mock_provider "aws" {
  source = "../../testing"
}

variables {
  name            = "meals-audit"
  publishers      = { meals-prod = "arn:aws:iam::444455556666:role/meals-prod-command-service-task" }
  reader_arns     = ["arn:aws:iam::777788889999:role/auditors"]
  retention_years = 10
}

run "nobody_takes_a_checkpoint_back" {
  assert {
    condition     = aws_s3_bucket.checkpoints.object_lock_enabled && !aws_s3_bucket.checkpoints.force_destroy
    error_message = "The bucket cannot lock, or goes with everything in it."
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.checkpoints.rule[0].default_retention[0].mode == "COMPLIANCE" && aws_s3_bucket_object_lock_configuration.checkpoints.rule[0].default_retention[0].years == 10
    error_message = "The lock can be opened, or too soon."
  }
  assert {
    condition     = aws_s3_bucket_versioning.checkpoints.versioning_configuration[0].status == "Enabled"
    error_message = "A checkpoint can be replaced."
  }
}

run "publishers_add_and_read_below_their_prefix_and_nothing_else" {
  assert {
    condition = toset(flatten([for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : [
      for resource in flatten([statement.Resource]) : [for action in flatten([statement.Action]) : "${action} ${trimprefix(resource, aws_s3_bucket.checkpoints.arn)}"]
      ] if statement.Effect == "Allow" && try(statement.Principal.AWS, "") == "arn:aws:iam::444455556666:role/meals-prod-command-service-task"])) == toset([
      "s3:PutObject /meals-prod/*", "s3:GetObject /meals-prod/*", "s3:ListBucket "
    ])
    error_message = "A publisher may do something else than add and read below its prefix."
  }
  assert {
    condition = [for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : statement.Condition
      if contains(flatten([statement.Action]), "s3:ListBucket") && try(statement.Principal.AWS, "") == "arn:aws:iam::444455556666:role/meals-prod-command-service-task"
    ] == [{ StringLike = { "s3:prefix" = "meals-prod/*" } }]
    error_message = "A publisher may list what others published, or cannot tell what is absent from what is forbidden."
  }
  assert {
    condition = toset(flatten([for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : statement.Principal.AWS if statement.Effect == "Allow"])) == toset([
      "arn:aws:iam::444455556666:role/meals-prod-command-service-task", "arn:aws:iam::777788889999:role/auditors"
    ])
    error_message = "Somebody else may do something with checkpoints."
  }
}

run "a_checkpoint_is_not_replaced_by_a_later_version" {
  assert {
    condition = [for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : {
      who = statement.Principal, what = statement.Action, where = trimprefix(statement.Resource, aws_s3_bucket.checkpoints.arn), unless = statement.Condition
    } if statement.Sid == "NoneIsReplaced" && statement.Effect == "Deny"] == [{ who = "*", what = "s3:PutObject", where = "/*/sizes/*", unless = { Null = { "s3:if-none-match" = "true" } } }]
    error_message = "Somebody can put another checkpoint over one that is there."
  }
}

run "auditors_read" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : alltrue([for action in flatten([statement.Action]) : startswith(action, "s3:Get") || startswith(action, "s3:List")]) if try(statement.Principal.AWS, []) == ["arn:aws:iam::777788889999:role/auditors"]])
    error_message = "An auditor may change something."
  }
}

run "encrypted_and_not_public" {
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.checkpoints.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.checkpoints.arn && aws_kms_key.checkpoints.enable_key_rotation && aws_kms_key.checkpoints.deletion_window_in_days == 30
    error_message = "Checkpoints are not under their own, rotating key."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.checkpoints.block_public_policy && aws_s3_bucket_public_access_block.checkpoints.restrict_public_buckets && aws_s3_bucket_public_access_block.checkpoints.block_public_acls && aws_s3_bucket_public_access_block.checkpoints.ignore_public_acls
    error_message = "The bucket can be made public."
  }
  assert {
    condition     = contains([for statement in jsondecode(aws_s3_bucket_policy.checkpoints.policy).Statement : statement.Sid if statement.Effect == "Deny"], "OnlyByTls")
    error_message = "The bucket answers without TLS."
  }
}

run "anybody_as_publisher_is_refused" {
  command = plan
  variables {
    publishers = { meals-prod = "*" }
  }
  expect_failures = [var.publishers]
}

run "a_lock_for_ever_by_mistake_is_refused" {
  command = plan
  variables {
    retention_years = 100
  }
  expect_failures = [var.retention_years]
}
