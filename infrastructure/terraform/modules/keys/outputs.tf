output "key_arns" {
  description = "ARN of the key of each purpose: database, storage, secrets, logs."
  value       = { for purpose, key in aws_kms_key.this : purpose => key.arn }
}

output "secret_arns" {
  description = "ARN of each secret that people fill in: master-key, first-administrator."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}
