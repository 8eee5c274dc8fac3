data "aws_caller_identity" "current" {}

locals {
  buckets = {
    receipts    = aws_s3_bucket.receipts
    access-logs = aws_s3_bucket.access_logs
  }
}

# --- receipts ------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "receipts" {
  bucket        = "${var.name}-receipts-${data.aws_caller_identity.current.account_id}"
  force_destroy = false # receipts are proof: a bucket with something in it cannot be destroyed
}

resource "aws_s3_bucket_versioning" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.storage_key_arn
    }
  }
}

# A receipt can be looked at for ever, as it was known on any day: nothing expires, old versions neither, and whatever
# becomes cheaper stays readable at once (never GLACIER or DEEP_ARCHIVE, which answer after hours).
resource "aws_s3_bucket_lifecycle_configuration" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    id     = "cheaper-but-readable-at-once"
    status = "Enabled"

    filter {}

    transition {
      days          = 30
      storage_class = "INTELLIGENT_TIERING"
    }

    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "GLACIER_IR"
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.receipts]
}

# --- the balancer's access logs ------------------------------------------------------------------------------------

resource "aws_s3_bucket" "access_logs" {
  bucket        = "${var.name}-access-logs-${data.aws_caller_identity.current.account_id}"
  force_destroy = true # what they tell is over after the time below anyway
}

resource "aws_s3_bucket_server_side_encryption_configuration" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256" # balancers cannot write under a key of ours
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    id     = "forget"
    status = "Enabled"

    filter {}

    expiration {
      days = var.access_log_retention_days # they hold addresses of people
    }
  }
}

# --- both ----------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.buckets

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.buckets

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.buckets

  bucket = each.value.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "OnlyByTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [each.value.arn, "${each.value.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      each.key == "access-logs" ? [{
        Sid       = "WrittenByBalancers"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${each.value.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*"
      }] : [],
      # What is gone for good is gone by people of the administration, never by a service.
      each.key == "receipts" ? [{
        Sid       = "NoVersionIsLost"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:DeleteObjectVersion"
        Resource  = "${each.value.arn}/*"
        Condition = { ArnNotLike = { "aws:PrincipalArn" = var.administrator_role_arns } }
      }] : []
    )
  })
}

# --- the folder of checkpoints -------------------------------------------------------------------------------------

# What command-services publish into, all of them together. Out of reach of the database's administrators, but in the
# same account: a copy goes to another account, where nobody can take anything back (audit-account).
resource "aws_efs_file_system" "checkpoints" {
  creation_token  = "${var.name}-checkpoints"
  encrypted       = true
  kms_key_id      = var.storage_key_arn
  throughput_mode = "elastic"

  tags = { Name = "${var.name}-checkpoints" }
}

resource "aws_efs_backup_policy" "checkpoints" {
  file_system_id = aws_efs_file_system.checkpoints.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_access_point" "checkpoints" {
  file_system_id = aws_efs_file_system.checkpoints.id

  posix_user {
    uid = var.container_user_id
    gid = var.container_user_id
  }

  root_directory {
    path = "/checkpoints"

    creation_info {
      owner_uid   = var.container_user_id
      owner_gid   = var.container_user_id
      permissions = "0750"
    }
  }
}

resource "aws_efs_file_system_policy" "checkpoints" {
  file_system_id = aws_efs_file_system.checkpoints.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyByTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "ByTheAccessPoint"
        Effect    = "Allow"
        Principal = { AWS = var.checkpoint_writer_role_arn }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Condition = {
          StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.checkpoints.arn }
        }
      }
    ]
  })
}

resource "aws_security_group" "checkpoints" {
  name        = "${var.name}-checkpoints"
  description = "The folder of checkpoints"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "checkpoints" {
  security_group_id            = aws_security_group.checkpoints.id
  description                  = "command-service"
  referenced_security_group_id = var.checkpoint_client_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
}

resource "aws_efs_mount_target" "checkpoints" {
  for_each = { for index, subnet in var.subnet_ids : tostring(index) => subnet }

  file_system_id  = aws_efs_file_system.checkpoints.id
  subnet_id       = each.value
  security_groups = [aws_security_group.checkpoints.id]
}
