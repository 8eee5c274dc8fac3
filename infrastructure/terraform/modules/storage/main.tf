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
