# The migrations of one service as a task that a deployment runs before its switch: the service's own image, told to migrate
# and end. It has the migrator's login, which the service itself then does not need.

locals {
  task = "${var.service}-migration"
}

module "task" {
  source = "../task"

  name               = var.name
  task               = local.task
  container          = var.service
  image              = var.image
  repository_arns    = var.repository_arns
  cpu                = 512
  memory_mb          = 1024
  cpu_architecture   = var.cpu_architecture
  environment        = var.environment
  secrets            = var.secrets
  secrets_key_arn    = var.secrets_key_arn
  logs_key_arn       = var.logs_key_arn
  log_retention_days = var.log_retention_days
  command            = ["--migrate"]

  # No permissions, so no role: a migration asks AWS for nothing.
}

# --- whom it may connect to ----------------------------------------------------------------------------------------

resource "aws_security_group" "this" {
  name        = "${var.name}-${local.task}"
  description = "Migrations of ${var.service}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "to" {
  for_each = var.reaches

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "to_s3" {
  security_group_id = aws_security_group.this.id
  description       = "S3, for layers of images"
  prefix_list_id    = var.s3_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
