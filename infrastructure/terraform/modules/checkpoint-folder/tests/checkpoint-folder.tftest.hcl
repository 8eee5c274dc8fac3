mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                     = "meals-test"
  vpc_id                   = "vpc-0123456789abcdef0"
  subnet_ids               = ["subnet-0000000000000000a", "subnet-0000000000000000b", "subnet-0000000000000000c"]
  client_security_group_id = "sg-0000000000000000a"
  writer_role_arn          = "arn:aws:iam::111122223333:role/meals-test-command-task"
  storage_key_arn          = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000a"
}

run "it_is_encrypted" {
  assert {
    condition     = aws_efs_file_system.this.encrypted && aws_efs_file_system.this.kms_key_id == var.storage_key_arn
    error_message = "The folder is not under the key of stored files."
  }
  assert {
    condition     = contains([for statement in jsondecode(aws_efs_file_system_policy.this.policy).Statement : statement.Sid if statement.Effect == "Deny"], "OnlyByTls")
    error_message = "The folder is mounted without TLS."
  }
}

run "only_command_services_mount_it" {
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_efs_file_system_policy.this.policy).Statement :
      statement.Principal.AWS == var.writer_role_arn && !contains(statement.Action, "elasticfilesystem:ClientRootAccess")
      if statement.Effect == "Allow"
    ])
    error_message = "Others may mount the folder, or somebody as root."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.this.referenced_security_group_id == "sg-0000000000000000a" && aws_vpc_security_group_ingress_rule.this.cidr_ipv4 == null
    error_message = "Others than command-service reach the folder."
  }
  assert {
    condition     = length(aws_efs_mount_target.this) == 3
    error_message = "The folder is missing in a zone."
  }
}

run "containers_as_root_are_refused" {
  command = plan
  variables {
    container_user_id = 0
  }
  expect_failures = [var.container_user_id]
}
