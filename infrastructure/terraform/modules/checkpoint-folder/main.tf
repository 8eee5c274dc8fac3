# What command-services publish into, all of them together. Out of reach of the database's administrators, but in the
# same account: whoever owns that can take back what is in it.
resource "aws_efs_file_system" "this" {
  creation_token  = "${var.name}-checkpoints"
  encrypted       = true
  kms_key_id      = var.storage_key_arn
  throughput_mode = "elastic"

  tags = { Name = "${var.name}-checkpoints" }
}

resource "aws_efs_backup_policy" "this" {
  file_system_id = aws_efs_file_system.this.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_access_point" "this" {
  file_system_id = aws_efs_file_system.this.id

  posix_user {
    uid = var.container_user_id
    gid = var.container_user_id
  }

  root_directory {
    path = "/checkpoints"

    creation_info {
      owner_uid   = var.container_user_id
      owner_gid   = var.container_user_id
      permissions = "0750"
    }
  }
}

resource "aws_efs_file_system_policy" "this" {
  file_system_id = aws_efs_file_system.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyByTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "ByTheAccessPoint"
        Effect    = "Allow"
        Principal = { AWS = var.writer_role_arn }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Condition = {
          StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.this.arn }
        }
      }
    ]
  })
}

resource "aws_security_group" "this" {
  name        = "${var.name}-checkpoints"
  description = "The folder of checkpoints"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "command-service"
  referenced_security_group_id = var.client_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
}

resource "aws_efs_mount_target" "this" {
  for_each = { for index, subnet in var.subnet_ids : tostring(index) => subnet }

  file_system_id  = aws_efs_file_system.this.id
  subnet_id       = each.value
  security_groups = [aws_security_group.this.id]
}
