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
  repositories        = ["command-service", "query-service", "web-app"]
}

module "push_role" {
  source = "../../modules/ci-role"

  name              = "meals-push"
  subjects          = ["repo:${var.github_repository}:ref:refs/heads/main"]
  oidc_provider_arn = var.github_oidc_provider_arn

  push = {
    repository_arns = values(module.registry.repository_arns)
  }
}
