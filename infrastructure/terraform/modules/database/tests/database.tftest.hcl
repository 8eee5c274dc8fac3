mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                       = "meals-test"
  region                     = "eu-central-1"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0000000000000000a", "subnet-0000000000000000b", "subnet-0000000000000000c"]
  function_subnet_ids        = ["subnet-0000000000000000d"]
  client_security_group_ids  = { command = "sg-0000000000000000a", query = "sg-0000000000000000b" }
  endpoint_security_group_id = "sg-0000000000000000c"
  s3_prefix_list_id          = "pl-0123456789abcdef0"
  instance_class             = "db.m8g.large"
  multi_az                   = true
  allocated_storage_gb       = 100
  max_allocated_storage_gb   = 1000
  backup_retention_days      = 14
  database_key_arn           = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000a"
  secrets_key_arn            = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000b"
  logs_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000c"
}

run "nothing_is_readable_without_the_key" {
  variables {
    read_replica_instance_class = "db.m8g.large"
  }
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.writer], aws_db_instance.replica) : instance.storage_encrypted && instance.kms_key_id == var.database_key_arn])
    error_message = "A disk is not encrypted with the database's key."
  }
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.writer], aws_db_instance.replica) : instance.performance_insights_enabled && instance.performance_insights_kms_key_id == var.database_key_arn])
    error_message = "Performance data, which hold statements, are missing or not encrypted."
  }
  assert {
    condition     = alltrue([for group in concat([aws_db_parameter_group.writer], aws_db_parameter_group.replica) : contains([for parameter in group.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")])
    error_message = "Somebody may connect without TLS."
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.engine : group.kms_key_id == var.logs_key_arn])
    error_message = "The server's log is not encrypted."
  }
}

run "nobody_reaches_it_from_outside" {
  variables {
    read_replica_instance_class = "db.m8g.large"
  }
  assert {
    condition     = !anytrue([for instance in concat([aws_db_instance.writer], aws_db_instance.replica) : instance.publicly_accessible])
    error_message = "The database is public."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.client : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.from_port == 5432 && rule.to_port == 5432])
    error_message = "Somebody may connect by address, or to another port."
  }
  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.client)) == toset(["command", "query", "rotation", "operators"])
    error_message = "Others than the named clients may connect."
  }
}

run "what_was_acknowledged_survives" {
  assert {
    condition     = aws_db_instance.writer.multi_az && aws_db_instance.writer.deletion_protection && !aws_db_instance.writer.skip_final_snapshot
    error_message = "The log can be lost with a zone, or deleted without a last snapshot."
  }
  assert {
    condition     = aws_db_instance.writer.backup_retention_period == 14 && !aws_db_instance.writer.delete_automated_backups
    error_message = "There is no recovery to a point in time, or it goes with the instance."
  }
  assert {
    condition     = !aws_db_instance.writer.allow_major_version_upgrade && !aws_db_instance.writer.apply_immediately
    error_message = "A change may restart the database in the middle of the day."
  }
}

run "no_replica_unless_asked" {
  assert {
    condition     = length(aws_db_instance.replica) == 0 && output.replica_address == null
    error_message = "A replica is there that nobody asked for."
  }
}

run "a_replica_where_asked_that_does_not_slow_the_writer" {
  variables {
    read_replica_instance_class = "db.m8g.xlarge"
  }
  assert {
    condition     = length(aws_db_instance.replica) == 1 && aws_db_instance.replica[0].replicate_source_db == "meals-test" && aws_db_instance.replica[0].instance_class == "db.m8g.xlarge"
    error_message = "The replica is missing, of the wrong size or of something else."
  }
  assert {
    condition     = contains([for parameter in aws_db_parameter_group.replica[0].parameter : "${parameter.name}=${parameter.value}"], "hot_standby_feedback=0")
    error_message = "A long report keeps the writer from cleaning up."
  }
  assert {
    condition     = output.writer_address != null && output.replica_address != null
    error_message = "Writer and replica cannot be told apart."
  }
}

run "no_password_is_known_here" {
  assert {
    condition     = aws_db_instance.writer.manage_master_user_password && aws_db_instance.writer.password == null && aws_db_instance.writer.master_user_secret_kms_key_id == var.secrets_key_arn
    error_message = "The administrator's password is not the platform's."
  }
  assert {
    condition     = toset(keys(aws_secretsmanager_secret.role)) == toset(["command", "query", "migrator", "auditor"]) && alltrue([for secret in aws_secretsmanager_secret.role : secret.kms_key_id == var.secrets_key_arn])
    error_message = "A role has no secret, or one under another key."
  }
  assert {
    condition     = toset(keys(aws_secretsmanager_secret_rotation.role)) == toset(["command", "query", "migrator", "auditor"])
    error_message = "A role's password never changes."
  }
  assert {
    condition     = endswith(aws_serverlessapplicationrepository_cloudformation_stack.rotation.application_id, "RotationSingleUser")
    error_message = "Alternating users cannot end each other's sessions."
  }
}

run "no_rotation_before_there_is_a_password" {
  variables {
    rotate_passwords = false
  }
  assert {
    condition     = length(aws_secretsmanager_secret_rotation.role) == 0
    error_message = "Rotation would fail on secrets without a value."
  }
}

run "a_postgresql_too_old_is_refused" {
  command = plan
  variables {
    engine_version = "14"
  }
  expect_failures = [var.engine_version]
}

run "backups_too_short_are_refused" {
  command = plan
  variables {
    backup_retention_days = 1
  }
  expect_failures = [var.backup_retention_days]
}

run "a_disk_that_cannot_grow_is_refused" {
  command = plan
  variables {
    max_allocated_storage_gb = 100
  }
  expect_failures = [var.max_allocated_storage_gb]
}
