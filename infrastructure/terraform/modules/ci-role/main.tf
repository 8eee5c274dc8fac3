locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.oidc_provider_arn == null ? aws_iam_openid_connect_provider.github[0].arn : var.oidc_provider_arn

  push = flatten([for push in var.push[*] : [
    {
      Sid      = "SignInToTheRegistry"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # there is nothing narrower
    },
    {
      Sid    = "PushImages"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload",
        "ecr:PutImage", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:DescribeImages", "ecr:DescribeImageScanFindings"
      ]
      Resource = push.repository_arns
    }
  ]])

  deploy = flatten([for deploy in var.deploy[*] : [
    {
      Sid      = "RegisterRevisions"
      Effect   = "Allow"
      Action   = ["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"]
      Resource = ["*"] # neither can be narrowed; which roles a revision may have is below
    },
    {
      Sid       = "WithTheServicesOwnRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = deploy.passed_role_arns
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid      = "DeployAndTakeBack"
      Effect   = "Allow"
      Action   = ["ecs:UpdateService", "ecs:DescribeServices", "ecs:ListServiceDeployments"]
      Resource = deploy.service_arns
    },
    {
      Sid    = "FollowADeployment"
      Effect = "Allow"
      Action = ["ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions", "ecs:StopServiceDeployment"]
      Resource = flatten([for arn in deploy.service_arns : [
        "${replace(arn, ":service/", ":service-deployment/")}/*",
        "${replace(arn, ":service/", ":service-revision/")}/*"
      ]])
    },
    {
      Sid       = "RunMigrations"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = deploy.migrations.task_definition_arns
      Condition = { ArnEquals = { "ecs:cluster" = deploy.migrations.cluster_arn } }
    },
    {
      Sid       = "SeeHowTheyEnded"
      Effect    = "Allow"
      Action    = ["ecs:DescribeTasks"]
      Resource  = ["${replace(deploy.migrations.cluster_arn, ":cluster/", ":task/")}/*"]
      Condition = { ArnEquals = { "ecs:cluster" = deploy.migrations.cluster_arn } }
    },
    {
      Sid      = "ReadWhatTheySaid"
      Effect   = "Allow"
      Action   = ["logs:GetLogEvents"]
      Resource = [for arn in deploy.migrations.log_group_arns : "${arn}:*"]
    },
    {
      Sid      = "SignInToTheRegistry"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # there is nothing narrower
    },
    {
      Sid      = "PullWebFiles"
      Effect   = "Allow"
      Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] # the web app's files come out of its image
      Resource = deploy.repository_arns
    },
    {
      Sid      = "ListWebFiles"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [deploy.web_bucket_arn]
    },
    {
      Sid      = "PutWebFiles"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"] # old assets stay, so that open pages go on
      Resource = ["${deploy.web_bucket_arn}/*"]
    },
    {
      Sid      = "ShowTheNewPage"
      Effect   = "Allow"
      Action   = ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"]
      Resource = [deploy.distribution_arn]
    }
  ]])
}

# One per account.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Taken by the pipeline for ${join(", ", var.subjects)}"
  max_session_duration = 3600 * var.session_hours

  # The whole subject, never a pattern: a branch or a fork named alike would match.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = var.subjects
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "work"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.push, local.deploy)
  })
}
