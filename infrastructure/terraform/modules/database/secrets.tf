# The passwords of the roles that services log in as. Terraform makes the secrets and how they rotate, people put the
# first value in, and from then on only the rotation knows it.

resource "aws_secretsmanager_secret" "role" {
  for_each = local.roles

  name                    = "${var.name}/database/${each.key}"
  description             = "Login of ${each.value}: engine, host, port, dbname, username, password, masterarn"
  kms_key_id              = var.secrets_key_arn
  recovery_window_in_days = 30
}

resource "aws_security_group" "rotation" {
  name        = "${var.name}-database-rotation"
  description = "The function that changes passwords"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "rotation_to_database" {
  security_group_id            = aws_security_group.rotation.id
  description                  = "The database"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_egress_rule" "rotation_to_endpoints" {
  security_group_id            = aws_security_group.rotation.id
  description                  = "Secrets Manager"
  referenced_security_group_id = var.endpoint_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

# AWS' own function, for one user. Not the one for alternating users: a command-service ends sessions that other
# command-services left behind, which PostgreSQL allows to sessions of the same role only.
resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  name             = "${var.name}-rotation"
  application_id   = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  semantic_version = var.rotation_function_version
  capabilities     = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]

  parameters = {
    endpoint            = "https://secretsmanager.${var.region}.amazonaws.com"
    functionName        = "${var.name}-rotation"
    kmsKeyArn           = var.secrets_key_arn
    vpcSubnetIds        = join(",", var.function_subnet_ids)
    vpcSecurityGroupIds = aws_security_group.rotation.id
    excludeCharacters   = ":/@\"'\\ %&?#"
  }
}

resource "aws_secretsmanager_secret_rotation" "role" {
  for_each = var.rotate_passwords ? aws_secretsmanager_secret.role : {}

  secret_id           = each.value.id
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.rotation.outputs["RotationLambdaARN"]
  rotate_immediately  = false

  # The first Sunday of a month, at night. Services get new tasks right after it.
  rotation_rules {
    schedule_expression = "cron(0 1 ? * SUN#1 *)"
    duration            = "1h"
  }
}
