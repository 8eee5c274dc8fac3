mock_provider "aws" {
  source = "../../testing"
}

variables {
  name                       = "meals-test"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0000000000000000a", "subnet-0000000000000000b", "subnet-0000000000000000c"]
  balancer_security_group_id = "sg-0000000000000000a"
  domain_name                = "meals.example.org"
  zone_id                    = "Z0123456789ABCDEFGHIJ"
  access_logs_bucket_name    = "meals-test-access-logs-111122223333"
}

run "the_balancer_is_not_on_the_internet" {
  assert {
    condition     = aws_lb.this.internal
    error_message = "The balancer has a public address: the firewall can be walked around."
  }
  assert {
    condition     = aws_lb.this.security_groups == toset(["sg-0000000000000000a"])
    error_message = "The balancer listens to others than its security group says."
  }
}

run "requests_arrive_as_they_were_sent" {
  assert {
    condition     = aws_lb.this.preserve_host_header && aws_lb.this.xff_header_processing_mode == "append"
    error_message = "Host is changed, or the client's address gets lost."
  }
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest"
    error_message = "Requests that two parsers read differently get through."
  }
}

run "two_listeners_by_tls_that_give_nothing_away" {
  assert {
    condition     = { for purpose, listener in aws_lb_listener.this : purpose => listener.port } == { production = 443, test = 8443 }
    error_message = "A listener is missing, or on another port."
  }
  assert {
    condition     = alltrue([for listener in aws_lb_listener.this : listener.protocol == "HTTPS" && listener.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"])
    error_message = "A listener speaks no TLS, or an old one."
  }
  assert {
    condition     = alltrue([for listener in aws_lb_listener.this : listener.default_action[0].type == "fixed-response" && listener.default_action[0].fixed_response[0].status_code == "404"])
    error_message = "What no rule names reaches a service, management endpoints included."
  }
}

run "what_happened_is_on_record" {
  assert {
    condition     = aws_lb.this.access_logs[0].enabled && aws_lb.this.enable_deletion_protection
    error_message = "The balancer keeps no access log, or can be deleted."
  }
}

run "the_public_name_leads_to_the_balancer_inside" {
  assert {
    condition     = aws_route53_zone.inside.name == "meals.example.org" && one(aws_route53_zone.inside.vpc).vpc_id == "vpc-0123456789abcdef0" && aws_route53_record.inside.alias[0].name == aws_lb.this.dns_name
    error_message = "Services do not find the balancer by the name of its certificate."
  }
}
