output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id

  depends_on = [aws_internet_gateway.unrouted]
}

output "private_subnet_ids" {
  description = "Subnets of balancer and tasks, one per zone."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "database_subnet_ids" {
  description = "Subnets of the database, one per zone, without any route out of the VPC."
  value       = [for zone in local.zones : aws_subnet.database[zone].id]
}

output "balancer_security_group_id" {
  description = "Security group of the balancer."
  value       = aws_security_group.balancer.id
}

output "endpoint_security_group_id" {
  description = "Security group of the endpoints of AWS services."
  value       = aws_security_group.endpoints.id
}

output "s3_prefix_list_id" {
  description = "Addresses of S3 behind the gateway endpoint."
  value       = aws_vpc_endpoint.s3.prefix_list_id
}
