mock_provider "aws" {
  source = "../../testing"
}

variables {
  name         = "meals-test"
  cidr         = "10.20.0.0/16"
  bucket_names = ["meals-test-receipts"]
  logs_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000"
}

run "three_zones_and_nothing_public" {
  assert {
    condition     = length(aws_subnet.private) == 3 && length(aws_subnet.database) == 3
    error_message = "Tasks and database are not in three zones each."
  }
  assert {
    condition     = !anytrue([for subnet in concat(values(aws_subnet.private), values(aws_subnet.database)) : subnet.map_public_ip_on_launch])
    error_message = "A subnet gives out public addresses."
  }
  assert {
    condition     = try(length(aws_route_table.private.route), 0) == 0 && try(length(aws_route_table.database.route), 0) == 0
    error_message = "A route leads out of the VPC."
  }
  assert {
    condition     = length(distinct(concat(values(local.private_subnets), values(local.database_subnets)))) == 6
    error_message = "Two subnets have the same addresses."
  }
}

run "the_balancer_hears_cloudfront_and_nobody_else" {
  assert {
    condition     = aws_vpc_security_group_ingress_rule.balancer_from_cloudfront.prefix_list_id == "pl-0123456789abcdef0"
    error_message = "The balancer does not listen to CloudFront."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.balancer_from_cloudfront.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.balancer_from_cloudfront.from_port == 443
    error_message = "The balancer is open to addresses, or on another port than 443."
  }
  assert {
    condition     = try(length(aws_default_security_group.closed.ingress), 0) == 0 && try(length(aws_default_security_group.closed.egress), 0) == 0
    error_message = "The default security group lets something through."
  }
}

run "endpoints_serve_this_account_and_these_buckets" {
  assert {
    condition = alltrue([
      for endpoint in aws_vpc_endpoint.interface :
      jsondecode(endpoint.policy).Statement[0].Condition.StringEquals["aws:PrincipalAccount"] == "111122223333"
    ])
    error_message = "An endpoint serves other accounts."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_vpc_endpoint.s3.policy).Statement : !contains(flatten([statement.Resource]), "*") && !contains(flatten([statement.Resource]), "arn:aws:s3:::*")])
    error_message = "Any bucket can be reached."
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : length(endpoint.subnet_ids) == 3])
    error_message = "An endpoint is missing in a zone."
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled])
    error_message = "An endpoint does not answer under the service's name."
  }
}

run "rejected_traffic_is_kept_encrypted" {
  assert {
    condition     = aws_flow_log.rejected.traffic_type == "REJECT" && aws_cloudwatch_log_group.rejected.kms_key_id == var.logs_key_arn
    error_message = "What was turned away is not on record, or not encrypted."
  }
}

run "a_smaller_network_is_refused" {
  command = plan
  variables {
    cidr = "10.20.0.0/24"
  }
  expect_failures = [var.cidr]
}

run "a_bucket_by_pattern_is_refused" {
  command = plan
  variables {
    bucket_names = ["meals-*"]
  }
  expect_failures = [var.bucket_names]
}
