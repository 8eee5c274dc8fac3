data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
}

resource "aws_kms_key" "checkpoints" {
  description             = "${var.name}: published checkpoints"
  enable_key_rotation     = true
  deletion_window_in_days = 30

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
      [{
        Sid       = "UsedByPublishers"
        Effect    = "Allow"
        Principal = { AWS = distinct(values(var.publishers)) }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
      }],
      length(var.reader_arns) == 0 ? [] : [{
        Sid       = "ReadByAuditors"
        Effect    = "Allow"
        Principal = { AWS = var.reader_arns }
        Action    = ["kms:Decrypt"]
        Resource  = "*"
      }]
    )
  })
}

resource "aws_kms_alias" "checkpoints" {
  name          = "alias/${var.name}-checkpoints"
  target_key_id = aws_kms_key.checkpoints.key_id
}

resource "aws_s3_bucket" "checkpoints" {
  bucket              = "${var.name}-checkpoints-${local.account}"
  object_lock_enabled = true # only possible from the first day
  force_destroy       = false
}

resource "aws_s3_bucket_versioning" "checkpoints" {
  bucket = aws_s3_bucket.checkpoints.id

  versioning_configuration {
    status = "Enabled"
  }
}

# Compliance: nobody can shorten it, not even this account's root.
resource "aws_s3_bucket_object_lock_configuration" "checkpoints" {
  bucket = aws_s3_bucket.checkpoints.id

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = var.retention_years
    }
  }

  depends_on = [aws_s3_bucket_versioning.checkpoints]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "checkpoints" {
  bucket = aws_s3_bucket.checkpoints.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.checkpoints.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "checkpoints" {
  bucket                  = aws_s3_bucket.checkpoints.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "checkpoints" {
  bucket = aws_s3_bucket.checkpoints.id

  rule {
    object_ownership = "BucketOwnerEnforced" # what another account puts here is ours at once
  }
}

resource "aws_s3_bucket_policy" "checkpoints" {
  bucket = aws_s3_bucket.checkpoints.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "OnlyByTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.checkpoints.arn, "${aws_s3_bucket.checkpoints.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      # A checkpoint is added only where none is yet. A later version would not undo the lock of the first, but whoever reads
      # without naming a version would get it.
      [{
        Sid       = "NoneIsReplaced"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.checkpoints.arn}/*/sizes/*"
        Condition = { Null = { "s3:if-none-match" = "true" } }
      }],
      # Each environment adds and reads below its own prefix. It never deletes, and never sets a lock or a time.
      flatten([for prefix in sort(keys(var.publishers)) : [
        {
          Sid       = "Publish${replace(title(replace(prefix, "-", " ")), " ", "")}"
          Effect    = "Allow"
          Principal = { AWS = var.publishers[prefix] }
          Action    = ["s3:PutObject", "s3:GetObject"]
          Resource  = ["${aws_s3_bucket.checkpoints.arn}/${prefix}/*"]
        },
        {
          # Without it a checkpoint that is not there yet would look like one that may not be read.
          Sid       = "Absent${replace(title(replace(prefix, "-", " ")), " ", "")}"
          Effect    = "Allow"
          Principal = { AWS = var.publishers[prefix] }
          Action    = ["s3:ListBucket"]
          Resource  = [aws_s3_bucket.checkpoints.arn]
          Condition = { StringLike = { "s3:prefix" = "${prefix}/*" } }
        }
      ]]),
      length(var.reader_arns) == 0 ? [] : [{
        Sid       = "ReadByAuditors"
        Effect    = "Allow"
        Principal = { AWS = var.reader_arns }
        Action    = ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"]
        Resource  = [aws_s3_bucket.checkpoints.arn, "${aws_s3_bucket.checkpoints.arn}/*"]
      }]
    )
  })
}
