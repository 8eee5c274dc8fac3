data "aws_partition" "current" {}

locals {
  major = split(".", var.engine_version)[0]

  # Who logs in, besides the administrator; made by people, with the password that is in their secret.
  roles = {
    command  = "meals_command"
    query    = "meals_query"
    migrator = "meals_migrator"
    auditor  = "meals_auditor"
  }

  has_replica = var.read_replica_instance_class != null
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Subnets without a route out of the VPC"
  subnet_ids  = var.subnet_ids
}

# --- who may connect -----------------------------------------------------------------------------------------------

resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "PostgreSQL; only the named clients come in"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "client" {
  for_each = merge(var.client_security_group_ids, { rotation = aws_security_group.rotation.id, operators = aws_security_group.operators.id })

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

# Nothing carries it. People give it to a shell in the VPC when they make roles or look at something.
resource "aws_security_group" "operators" {
  name        = "${var.name}-database-operators"
  description = "Shells of operators that may reach the database"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "operators_to_database" {
  security_group_id            = aws_security_group.operators.id
  description                  = "The database"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_egress_rule" "operators_to_endpoints" {
  security_group_id            = aws_security_group.operators.id
  description                  = "Secrets Manager"
  referenced_security_group_id = var.endpoint_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "operators_to_s3" {
  security_group_id = aws_security_group.operators.id
  description       = "S3, for packages of Amazon Linux"
  prefix_list_id    = var.s3_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# --- the writer ----------------------------------------------------------------------------------------------------

resource "aws_db_parameter_group" "writer" {
  name_prefix = "${var.name}-writer-"
  description = "The log and the read models"
  family      = "postgres${local.major}"

  dynamic "parameter" {
    for_each = {
      "rds.force_ssl"                       = "1"
      "log_lock_waits"                      = "1"
      "log_min_duration_statement"          = "1000" # ms; nothing that people wait for takes so long
      "log_temp_files"                      = "10240"
      "track_io_timing"                     = "1"
      "idle_in_transaction_session_timeout" = "60000" # ms, for roles that set none of their own
    }

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "writer" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class

  # An instance with a standby, not a cluster: the commit waits for the standby's disk, so that what was acknowledged
  # survives the loss of a zone, and it is the PostgreSQL that was tested.
  multi_az             = var.multi_az
  db_subnet_group_name = aws_db_subnet_group.this.name
  publicly_accessible  = false

  vpc_security_group_ids = [aws_security_group.this.id]
  parameter_group_name   = aws_db_parameter_group.writer.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  storage_type          = "gp3"
  allocated_storage     = var.allocated_storage_gb
  max_allocated_storage = var.max_allocated_storage_gb
  storage_encrypted     = true # cannot be switched on later
  kms_key_id            = var.database_key_arn

  # The platform makes the administrator's password and changes it every week; nobody ever sees it in a plan.
  username                      = "meals_administrator"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.secrets_key_arn

  backup_retention_period  = var.backup_retention_days
  backup_window            = "02:00-02:30"
  maintenance_window       = "sun:03:00-sun:04:00"
  copy_tags_to_snapshot    = true
  delete_automated_backups = false

  # The log is the one thing that cannot be made again.
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false
  apply_immediately           = false

  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.database_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]

  depends_on = [aws_cloudwatch_log_group.engine]
}

# --- the replica, where one is asked for ---------------------------------------------------------------------------

resource "aws_db_parameter_group" "replica" {
  count = local.has_replica ? 1 : 0

  name_prefix = "${var.name}-replica-"
  description = "Long reads"
  family      = "postgres${local.major}"

  dynamic "parameter" {
    for_each = {
      "rds.force_ssl" = "1"
      # A long report must not keep the writer's one head row, which changes with every append, from being cleaned up.
      "hot_standby_feedback" = "0"
      # So the replica waits for the report instead: 15 minutes behind at most, in ms.
      "max_standby_streaming_delay" = "900000"
    }

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Reads as of a past day, heavy reports and the verification of the log. The feed, consistency tokens and NOTIFY stay on
# the writer: a replica has no NOTIFY and may be behind what a client was told.
resource "aws_db_instance" "replica" {
  count = local.has_replica ? 1 : 0

  identifier          = "${var.name}-replica"
  replicate_source_db = aws_db_instance.writer.identifier
  instance_class      = var.read_replica_instance_class

  publicly_accessible    = false
  vpc_security_group_ids = [aws_security_group.this.id]
  parameter_group_name   = aws_db_parameter_group.replica[0].name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  storage_type      = "gp3"
  storage_encrypted = true
  kms_key_id        = var.database_key_arn

  backup_retention_period = 0    # the writer is what is backed up
  skip_final_snapshot     = true # a copy, not a source
  deletion_protection     = false

  auto_minor_version_upgrade            = true
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.database_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
}

# --- watching ------------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_log_group" "engine" {
  for_each = toset(["postgresql", "upgrade"])

  name              = "/aws/rds/instance/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

resource "aws_iam_role" "monitoring" {
  name = "${var.name}-database-monitoring"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
