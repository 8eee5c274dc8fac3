output "bucket_name" {
  description = "Bucket of published checkpoints."
  value       = aws_s3_bucket.checkpoints.id
}

output "key_arn" {
  description = "KMS key of published checkpoints."
  value       = aws_kms_key.checkpoints.arn
}
