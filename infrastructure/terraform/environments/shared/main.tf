# What all environments have in common: the images, and who may push them.

resource "aws_kms_key" "images" {
  description             = "meals: images"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

module "registry" {
  source = "../../modules/registry"

  name                = "meals"
  pulling_account_ids = var.pulling_account_ids
  key_arn             = aws_kms_key.images.arn

  # aws-cli is a copy of AWS' own image: tasks have no way to its registry.
  repositories = ["command-service", "query-service", "aws-cli"]
}

module "push_role" {
  source = "../../modules/ci-role"

  name              = "meals-push"
  subjects          = ["repo:${var.github_repository}:ref:refs/heads/main"]
  oidc_provider_arn = var.github_oidc_provider_arn

  push = {
    repository_arns = [for name in ["command-service", "query-service"] : module.registry.repository_arns[name]]
  }
}
