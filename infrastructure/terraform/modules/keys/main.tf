data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.id

  # One key per purpose, so that each kind of data can be granted, audited and withdrawn alone. `services` are the AWS
  # services that use the key in their own name; those that use it for a caller need no line here.
  purposes = {
    database = {
      description = "Database, its backups and its performance data"
      services    = []
    }
    storage = {
      description = "Receipts and the folder of checkpoints"
      services    = []
    }
    secrets = {
      description = "Database passwords, the master key and the first administrator"
      services    = []
    }
    logs = {
      description = "Logs and alarm messages"
      services    = ["logs.${local.region}.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"]
    }
  }

  # Nobody but people fills these in: a value set here would be in the state.
  secrets = {
    master-key          = "Base64 of the 32 bytes that seal the signing keys; losing it signs everybody out"
    first-administrator = "Password of the first administrator, needed while there is none"
  }
}

resource "aws_kms_key" "this" {
  for_each = local.purposes

  description             = "${var.name}: ${each.value.description}"
  enable_key_rotation     = true
  deletion_window_in_days = 30 # the longest there is: what a lost key encrypted is lost

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "DecidedByTheRolesOfThisAccount"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }],
      [for service in each.value.services : {
        Sid       = "UsedBy${replace(title(split(".", service)[0]), "-", "")}"
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = startswith(service, "logs.") ? {
          ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${local.region}:${local.account}:*" }
          } : {
          StringEquals = { "aws:SourceAccount" = local.account }
        }
      }]
    )
  })
}

resource "aws_kms_alias" "this" {
  for_each = local.purposes

  name          = "alias/${var.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

resource "aws_secretsmanager_secret" "this" {
  for_each = local.secrets

  name                    = "${var.name}/${each.key}"
  description             = each.value
  kms_key_id              = aws_kms_key.this["secrets"].arn
  recovery_window_in_days = 30
}
