output "url" {
  description = "Where people find the product."
  value       = "https://${var.domain_name}"
}

output "web_bucket" {
  description = "Name and ARN of the bucket that the web app's files go to."
  value       = { name = aws_s3_bucket.web.id, arn = aws_s3_bucket.web.arn }
}

output "distribution" {
  description = "Id and ARN of the distribution, for invalidations and metrics."
  value       = { id = aws_cloudfront_distribution.this.id, arn = aws_cloudfront_distribution.this.arn }
}
