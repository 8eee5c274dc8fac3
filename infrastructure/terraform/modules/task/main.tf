# A container on Fargate: its task definition, what it logs, what may start it, and what it may do.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
data "aws_partition" "current" {}

locals {
  full_name = "${var.name}-${var.task}"
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.id
  partition = data.aws_partition.current.partition

  folders = var.checkpoint_folder == null ? [] : [var.checkpoint_folder]

  # A secret's ARN, without the field that is taken from it.
  secret_arns = distinct([for reference in values(var.secrets) : join(":", slice(split(":", reference), 0, 7))])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/${var.task}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory_mb
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = one(aws_iam_role.task[*].arn)
  skip_destroy             = true # earlier revisions are what a roll-back goes to, and tell what was run when

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # The root file system is read-only; the JVM and uploads need somewhere to write. The image says VOLUME /tmp, or this
  # would belong to root.
  volume {
    name = "tmp"
  }

  dynamic "volume" {
    for_each = local.folders

    content {
      name = "checkpoints"

      efs_volume_configuration {
        file_system_id     = volume.value.file_system_id
        transit_encryption = "ENABLED"

        authorization_config {
          access_point_id = volume.value.access_point_id
          iam             = "ENABLED"
        }
      }
    }
  }

  container_definitions = jsonencode([merge(concat([
    {
      name                   = var.container
      image                  = var.image
      essential              = true
      user                   = tostring(var.container_user_id)
      readonlyRootFilesystem = true
      linuxParameters        = { capabilities = { add = [], drop = ["ALL"] }, initProcessEnabled = true }
      environment            = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
      secrets                = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
      mountPoints = concat(
        [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }],
        [for folder in local.folders : { sourceVolume = "checkpoints", containerPath = folder.path, readOnly = false }]
      )
      logConfiguration = {
        logDriver = "awslogs"
        options = merge(
          {
            "awslogs-group"         = aws_cloudwatch_log_group.this.name
            "awslogs-region"        = local.region
            "awslogs-stream-prefix" = var.container
          },
          # a slow log must not stop an append
          var.port == null ? {} : { "mode" = "non-blocking", "max-buffer-size" = "8m" }
        )
      }
    }],
    [for port in var.port[*] : {
      portMappings = [{ containerPort = port, protocol = "tcp" }]
      stopTimeout  = 60 # requests are finished and projections handed over in less
    }],
    length(var.command) == 0 ? [] : [{ command = var.command }]
  )...)])
}
