# Four roles, each with what it needs and nothing else: ECS starting a task, the task itself, ECS moving weights, and ECS
# calling hooks.

locals {
  ecs_task_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  })

  ecs_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })

  # A secret's ARN, without the field that is taken from it.
  secret_arns = distinct([for reference in values(var.secrets) : join(":", slice(split(":", reference), 0, 7))])
}

resource "aws_iam_role" "execution" {
  name               = "${local.full_name}-execution"
  description        = "Starts tasks of ${var.service}: pulls images, reads their secrets, opens their log"
  assume_role_policy = local.ecs_task_trust
}

resource "aws_iam_role_policy" "execution" {
  name = "start"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignInToTheRegistry"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*" # there is nothing narrower
      },
      {
        Sid      = "PullItsImages"
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
        Resource = var.repository_arns
      },
      {
        Sid      = "ReadItsSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = local.secret_arns
      },
      {
        Sid       = "DecryptThem"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.secrets_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
      },
      {
        Sid      = "WriteItsLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.this.arn}:*"
      }
    ]
  })
}

resource "aws_iam_role" "task" {
  name               = "${local.full_name}-task"
  description        = "What ${var.service} may do in AWS"
  assume_role_policy = local.ecs_task_trust
}

resource "aws_iam_role_policy" "task" {
  count = length(var.task_permissions) > 0 ? 1 : 0

  name = "work"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for permission in var.task_permissions : merge(
      { Effect = "Allow", Action = permission.actions, Resource = permission.resources },
      permission.condition == null ? {} : { Condition = permission.condition }
    )]
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
