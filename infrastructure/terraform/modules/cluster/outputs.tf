output "cluster" {
  description = "Name and ARN of the cluster."
  value       = { name = aws_ecs_cluster.this.name, arn = aws_ecs_cluster.this.arn }
}

output "balancer" {
  description = "ARN, suffix of the ARN for metrics, and host name of the balancer."
  value = {
    arn        = aws_lb.this.arn
    arn_suffix = aws_lb.this.arn_suffix
    dns_name   = aws_lb.this.dns_name
  }
}

output "listener_arns" {
  description = "Listeners by what they are for: production, test."
  value       = { for purpose, listener in aws_lb_listener.this : purpose => listener.arn }
}
