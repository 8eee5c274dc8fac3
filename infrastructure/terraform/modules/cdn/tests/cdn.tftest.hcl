mock_provider "aws" {
  source = "../../testing"
}

variables {
  name              = "meals-test"
  domain_name       = "meals.example.org"
  zone_id           = "Z0123456789ABCDEFGHIJ"
  balancer_arn      = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/meals-test/0123456789abcdef"
  balancer_dns_name = "internal-meals-test.eu-central-1.elb.amazonaws.com"
}

run "the_bucket_is_read_by_this_distribution_alone" {
  assert {
    condition     = aws_s3_bucket_public_access_block.web.block_public_policy && aws_s3_bucket_public_access_block.web.restrict_public_buckets && aws_s3_bucket_public_access_block.web.block_public_acls && aws_s3_bucket_public_access_block.web.ignore_public_acls
    error_message = "The web app's bucket can be made public."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.web.policy).Statement :
      statement.Action == "s3:GetObject" && statement.Condition.StringEquals["AWS:SourceArn"] == aws_cloudfront_distribution.this.arn
      if statement.Effect == "Allow"
    ])
    error_message = "Others than this distribution may read the bucket, or do more than read."
  }
  assert {
    condition     = aws_cloudfront_origin_access_control.web.signing_behavior == "always"
    error_message = "CloudFront does not say who it is."
  }
}

run "the_api_is_passed_on_whole_and_never_kept" {
  assert {
    condition     = toset(aws_cloudfront_distribution.this.ordered_cache_behavior[*].path_pattern) == toset(["/api/*", "/.well-known/*"])
    error_message = "A path of the API goes to the bucket."
  }
  assert {
    condition     = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"])
    error_message = "Answers of the API are kept: somebody would get another one's."
  }
  assert {
    condition     = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.origin_request_policy_id == "216adef6-5c7f-47e4-b989-5492eafa07d3"])
    error_message = "Host, cookies or headers get lost on the way to the API."
  }
  assert {
    condition     = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : length(setsubtract(["GET", "HEAD", "POST", "PUT", "DELETE"], behavior.allowed_methods)) == 0])
    error_message = "A method of the API is refused."
  }
}

run "only_tls_and_only_what_the_page_needs" {
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https" && alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.viewer_protocol_policy == "https-only"])
    error_message = "Somebody is answered without TLS."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "Old versions of TLS are accepted."
  }
  assert {
    condition     = aws_cloudfront_vpc_origin.balancer.vpc_origin_endpoint_config[0].origin_protocol_policy == "https-only"
    error_message = "The way to the balancer is not encrypted."
  }
  assert {
    condition     = strcontains(local.content_security_policy, "script-src 'self';") && strcontains(local.content_security_policy, "default-src 'none'") && aws_cloudfront_response_headers_policy.pages.security_headers_config[0].content_security_policy[0].override
    error_message = "Pages may run scripts from elsewhere."
  }
  assert {
    condition     = length(aws_cloudfront_distribution.this.custom_error_response) == 0
    error_message = "Refusals of the API would turn into pages."
  }
}

run "a_firewall_stands_in_front" {
  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == aws_wafv2_web_acl.this.arn
    error_message = "The firewall is not in front of the distribution."
  }
  assert {
    condition     = aws_wafv2_web_acl.this.scope == "CLOUDFRONT" && aws_wafv2_web_acl.this.region == "us-east-1"
    error_message = "The firewall is not one for CloudFront."
  }
  assert {
    condition     = length([for rule in aws_wafv2_web_acl.this.rule : rule if try(rule.statement[0].rate_based_statement[0].limit, 0) == 3000]) == 1
    error_message = "One address may ask as often as it likes."
  }
}

run "a_limit_that_turns_people_away_is_refused" {
  command = plan
  variables {
    requests_per_five_minutes = 10
  }
  expect_failures = [var.requests_per_five_minutes]
}
