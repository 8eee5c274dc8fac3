output "receipts_bucket" {
  description = "Name and ARN of the bucket of receipts."
  value       = { name = aws_s3_bucket.receipts.id, arn = aws_s3_bucket.receipts.arn }
}

output "access_logs_bucket_name" {
  description = "Name of the bucket of the balancer's access logs."
  value       = aws_s3_bucket.access_logs.id

  depends_on = [aws_s3_bucket_policy.this] # balancers refuse a bucket that they cannot write to
}
