terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }

  # The bucket is named at init (-backend-config): docs/how-to/deploy-to-aws.md
  backend "s3" {
    key          = "audit.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id] # never by mistake into another environment

  default_tags {
    tags = {
      product     = "meals"
      environment = "audit"
    }
  }
}
