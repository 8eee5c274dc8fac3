# Applied by people who cannot apply the others: whoever can rewrite the database must not be able to rewrite this.
module "audit_account" {
  source = "../../modules/audit-account"

  name            = "meals-audit"
  publishers      = var.publishers
  reader_arns     = var.reader_arns
  retention_years = var.retention_years
}
