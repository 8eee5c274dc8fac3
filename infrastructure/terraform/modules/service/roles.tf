# Two roles beside those of the task, each with what it needs and nothing else: ECS moving weights, and ECS calling hooks.

locals {
  ecs_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role" "infrastructure" {
  name               = "${local.full_name}-deployment"
  description        = "Moves the balancer's weights between the colours of ${var.service}"
  assume_role_policy = local.ecs_trust
}

# Narrower than the policy that AWS offers, which may change every balancer of the account.
resource "aws_iam_role_policy" "infrastructure" {
  name = "shift"
  role = aws_iam_role.infrastructure.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Look"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth"
        ]
        Resource = "*" # looking cannot be narrowed
      },
      {
        Sid      = "MoveItsRules"
        Effect   = "Allow"
        Action   = "elasticloadbalancing:ModifyRule"
        Resource = [for rule in aws_lb_listener_rule.this : rule.arn]
      },
      {
        Sid      = "FillItsColours"
        Effect   = "Allow"
        Action   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
        Resource = [for group in aws_lb_target_group.this : group.arn]
      }
    ]
  })
}

resource "aws_iam_role" "hooks" {
  count = length(var.lifecycle_hooks) > 0 ? 1 : 0

  name               = "${local.full_name}-hooks"
  description        = "Calls the hooks of a deployment of ${var.service}"
  assume_role_policy = local.ecs_trust
}

resource "aws_iam_role_policy" "hooks" {
  count = length(var.lifecycle_hooks) > 0 ? 1 : 0

  name = "call"
  role = aws_iam_role.hooks[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = distinct(var.lifecycle_hooks[*].function_arn)
    }]
  })
}
