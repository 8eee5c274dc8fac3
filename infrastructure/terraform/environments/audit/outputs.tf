output "bucket_name" {
  description = "Bucket of published checkpoints."
  value       = module.audit_account.bucket_name
}

output "key_arn" {
  description = "KMS key of published checkpoints."
  value       = module.audit_account.key_arn
}
