# A task learns its passwords when it starts. After one changed, the tasks are replaced by an ordinary deployment of the
# same revision; until then their open connections go on.

resource "aws_cloudwatch_event_rule" "rotated" {
  name        = "${local.full_name}-rotated"
  description = "A password of ${var.service} changed"

  event_pattern = jsonencode({
    source        = ["aws.secretsmanager"]
    "detail-type" = ["AWS Service Event via CloudTrail"]
    detail = {
      eventName           = ["RotationSucceeded"]
      additionalEventData = { SecretId = var.rotating_secret_arns }
    }
  })
}

resource "aws_cloudwatch_event_target" "rotated" {
  rule     = aws_cloudwatch_event_rule.rotated.name
  arn      = aws_sfn_state_machine.replace_tasks.arn
  role_arn = aws_iam_role.rotated.arn
}

resource "aws_sfn_state_machine" "replace_tasks" {
  name     = "${local.full_name}-replace-tasks"
  role_arn = aws_iam_role.replace_tasks.arn

  definition = jsonencode({
    Comment = "Deploys the same revision again, so that tasks read their secrets anew"
    StartAt = "Deploy"
    States = {
      Deploy = {
        Type     = "Task"
        Resource = "arn:aws:states:::aws-sdk:ecs:updateService"
        Parameters = {
          Cluster            = var.cluster.arn
          Service            = aws_ecs_service.this.name
          ForceNewDeployment = true
        }
        Retry = [{ ErrorEquals = ["States.ALL"], IntervalSeconds = 30, MaxAttempts = 5, BackoffRate = 2 }]
        End   = true
      }
    }
  })
}

resource "aws_iam_role" "replace_tasks" {
  name = "${local.full_name}-replace-tasks"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "replace_tasks" {
  name = "deploy"
  role = aws_iam_role.replace_tasks.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ecs:UpdateService"
      Resource = aws_ecs_service.this.id
    }]
  })
}

resource "aws_iam_role" "rotated" {
  name = "${local.full_name}-rotated"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "rotated" {
  name = "start"
  role = aws_iam_role.rotated.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "states:StartExecution"
      Resource = aws_sfn_state_machine.replace_tasks.arn
    }]
  })
}
