# The product publishes checkpoints into a folder. Beside it runs a copier that takes each of them into a bucket of
# another account, where nobody can take it back. It goes when the product publishes into a bucket itself.

locals {
  checkpoint_copier = !local.has_checkpoints || var.checkpoint_copy == null ? [] : [{
    name                   = "checkpoint-copier"
    image                  = var.checkpoint_copy.image
    essential              = false # commands go on without it; an alarm tells
    restartPolicy          = { enabled = true, restartAttemptPeriod = 60 }
    user                   = tostring(var.container_user_id)
    readonlyRootFilesystem = true
    linuxParameters        = { capabilities = { add = [], drop = ["ALL"] }, initProcessEnabled = true }
    entryPoint             = ["/bin/bash", "-c"]
    command                = [file("${path.module}/copy-checkpoints.sh")]
    environment = [
      { name = "AWS_REGION", value = local.region },
      { name = "BUCKET", value = var.checkpoint_copy.bucket },
      { name = "FOLDER", value = var.checkpoint_folder.path },
      { name = "HOME", value = "/tmp" },
      { name = "PREFIX", value = var.name },
    ]
    mountPoints = [
      { sourceVolume = "tmp", containerPath = "/tmp", readOnly = false },
      { sourceVolume = "checkpoints", containerPath = var.checkpoint_folder.path, readOnly = true },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.this.name
        "awslogs-region"        = local.region
        "awslogs-stream-prefix" = "checkpoint-copier"
      }
    }
  }]
}
