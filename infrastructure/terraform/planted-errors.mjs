#!/usr/bin/env node
// Plants one error at a time into a copy and expects the named test to be red: a test that no error can turn red is none.
// Whoever changes a module or a test that an error here belongs to runs this; what it plants must still be there to change.
//
//   infrastructure/terraform/planted-errors.mjs            all of them
//   infrastructure/terraform/planted-errors.mjs database   those whose place contains the word
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

// root that is checked, file, what is there, what is planted, test that must be red
const errors = [
  // encryption
  ['modules/keys', 'main.tf', 'enable_key_rotation     = true', 'enable_key_rotation     = false', 'every_purpose_has_a_key_that_rotates_and_dies_slowly'],
  ['modules/keys', 'main.tf', 'deletion_window_in_days = 30', 'deletion_window_in_days = 7', 'every_purpose_has_a_key_that_rotates_and_dies_slowly'],
  ['modules/keys', 'main.tf', 'Principal = { AWS = "arn:aws:iam::${local.account}:root" }', 'Principal = { AWS = "*" }', 'a_service_uses_a_key_for_this_account_only'],
  ['modules/keys', 'main.tf', 'aws_kms_key.this["secrets"].arn', 'null', 'secrets_are_under_their_own_key'],
  ['modules/database', 'main.tf', 'storage_encrypted     = true', 'storage_encrypted     = false', 'nothing_is_readable_without_the_key'],
  ['modules/database', 'main.tf', 'storage_encrypted = true\n', 'storage_encrypted = false\n', 'nothing_is_readable_without_the_key'],
  ['modules/database', 'main.tf', '"rds.force_ssl"                       = "1"', '"rds.force_ssl"                       = "0"', 'nothing_is_readable_without_the_key'],
  ['modules/storage', 'main.tf', 'sse_algorithm     = "aws:kms"', 'sse_algorithm     = "AES256"', 'everything_is_encrypted'],
  ['modules/checkpoint-folder', 'main.tf', 'encrypted       = true', 'encrypted       = false', 'it_is_encrypted'],
  ['modules/task', 'main.tf', 'kms_key_id        = var.logs_key_arn', 'kms_key_id        = null', 'what_is_logged_is_encrypted'],
  ['modules/task', 'main.tf', 'transit_encryption = "ENABLED"', 'transit_encryption = "DISABLED"', 'checkpoints_go_to_the_folder'],
  ['modules/registry', 'main.tf', 'encryption_type = "KMS"', 'encryption_type = "AES256"', 'an_image_is_what_was_tested'],
  ['modules/observability', 'main.tf', 'kms_master_key_id = var.logs_key_arn', 'kms_master_key_id = null', 'every_alarm_is_told_to_somebody'],

  // nothing public
  ['modules/network', 'main.tf', 'cidr_block              = each.value\n  map_public_ip_on_launch = false\n\n  tags = { Name = "${var.name}-private-', 'cidr_block              = each.value\n  map_public_ip_on_launch = true\n\n  tags = { Name = "${var.name}-private-', 'three_zones_and_nothing_public'],
  ['modules/network', 'main.tf', '  vpc_id = aws_vpc.this.id\n\n  tags = { Name = "${var.name}-private" }', '  vpc_id = aws_vpc.this.id\n\n  route {\n    cidr_block = "0.0.0.0/0"\n    gateway_id = aws_internet_gateway.unrouted.id\n  }\n\n  tags = { Name = "${var.name}-private" }', 'three_zones_and_nothing_public'],
  ['modules/network', 'main.tf', 'prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id', 'cidr_ipv4         = "0.0.0.0/0"', 'the_balancer_hears_cloudfront_and_nobody_else'],
  ['modules/network', 'main.tf', 'for bucket in var.bucket_names : ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]', 'for bucket in var.bucket_names : ["arn:aws:s3:::*"]', 'endpoints_serve_this_account_and_these_buckets'],
  ['modules/database', 'main.tf', 'publicly_accessible  = false', 'publicly_accessible  = true', 'nobody_reaches_it_from_outside'],
  ['modules/database', 'main.tf', 'publicly_accessible    = false', 'publicly_accessible    = true', 'nobody_reaches_it_from_outside'],
  ['modules/database', 'main.tf', 'referenced_security_group_id = each.value\n', 'cidr_ipv4                    = "0.0.0.0/0"\n', 'nobody_reaches_it_from_outside'],
  ['modules/storage', 'main.tf', 'restrict_public_buckets = true', 'restrict_public_buckets = false', 'nothing_is_public'],
  ['modules/checkpoint-folder', 'main.tf', 'referenced_security_group_id = var.client_security_group_id', 'cidr_ipv4                    = "10.0.0.0/8"', 'only_command_services_mount_it'],
  ['modules/cdn', 'main.tf', 'Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }', 'Condition = { StringEquals = { "AWS:SourceArn" = "*" } }', 'the_bucket_is_read_by_this_distribution_alone'],
  ['modules/cluster', 'main.tf', 'internal           = true', 'internal           = false', 'the_balancer_is_not_on_the_internet'],
  ['modules/cluster', 'main.tf', 'protocol          = "HTTPS"', 'protocol          = "HTTP"', 'two_listeners_by_tls_that_give_nothing_away'],
  ['modules/service', 'main.tf', 'assign_public_ip = false', 'assign_public_ip = true', 'a_task_can_do_little'],

  // the log is not lost
  ['modules/database', 'main.tf', 'skip_final_snapshot       = false', 'skip_final_snapshot       = true', 'what_was_acknowledged_survives'],
  ['modules/database', 'main.tf', 'multi_az             = var.multi_az', 'multi_az             = false', 'what_was_acknowledged_survives'],
  ['modules/database', 'variables.tf', 'var.backup_retention_days >= 7 && ', '', 'backups_too_short_are_refused'],
  ['modules/storage', 'main.tf', 'noncurrent_version_transition {\n      noncurrent_days = 30\n      storage_class   = "GLACIER_IR"', 'noncurrent_version_transition {\n      noncurrent_days = 30\n      storage_class   = "DEEP_ARCHIVE"', 'a_receipt_can_be_looked_at_for_ever'],
  ['modules/storage', 'main.tf', '    abort_incomplete_multipart_upload {', '    noncurrent_version_expiration {\n      noncurrent_days = 365\n    }\n\n    abort_incomplete_multipart_upload {', 'a_receipt_can_be_looked_at_for_ever'],
  ['modules/audit-account', 'main.tf', 'mode  = "COMPLIANCE"', 'mode  = "GOVERNANCE"', 'nobody_takes_a_checkpoint_back'],
  ['modules/audit-account', 'main.tf', 'Action    = ["s3:PutObject", "s3:GetObject"]', 'Action    = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]', 'publishers_add_and_read_below_their_prefix_and_nothing_else'],
  ['modules/audit-account', 'main.tf', 'Resource  = ["${aws_s3_bucket.checkpoints.arn}/${prefix}/*"]', 'Resource  = ["${aws_s3_bucket.checkpoints.arn}/*"]', 'publishers_add_and_read_below_their_prefix_and_nothing_else'],
  ['modules/audit-account', 'main.tf', '          Condition = { StringLike = { "s3:prefix" = "${prefix}/*" } }\n', '', 'publishers_add_and_read_below_their_prefix_and_nothing_else'],
  ['modules/audit-account', 'main.tf', 'Condition = { Null = { "s3:if-none-match" = "true" } }', 'Condition = { Null = { "s3:if-none-match" = "false" } }', 'a_checkpoint_is_not_replaced_by_a_later_version'],
  ['modules/environment', 'variables.tf', 'var.environment != "prod" || var.checkpoint_bucket != null', 'var.environment != "" || var.checkpoint_bucket != null', 'production_without_a_bucket_for_its_checkpoints_is_refused'],
  ['modules/environment', 'main.tf', 'count  = var.checkpoint_bucket == null ? 1 : 0', 'count  = 1', 'checkpoints_go_into_the_bucket_and_nowhere_else'],
  ['modules/environment', 'services.tf', 'var.checkpoint_bucket == null ? { MEALS_CHECKPOINT_FOLDER = local.checkpoint_path } : {},', '{},', 'checkpoints_go_to_a_folder_where_there_is_no_bucket'],
  ['modules/environment', 'services.tf', '${coalesce(var.checkpoint_bucket.prefix, local.name)}', '${local.name}', 'checkpoints_begin_anew_below_the_environments_name'],

  // a replica only where asked
  ['modules/database', 'main.tf', 'has_replica = var.read_replica_instance_class != null', 'has_replica = true', 'no_replica_unless_asked'],
  ['modules/database', 'main.tf', '"hot_standby_feedback" = "0"', '"hot_standby_feedback" = "1"', 'a_replica_where_asked_that_does_not_slow_the_writer'],
  ['environments/prod', 'main.tf', 'read_replica_instance_class = var.read_replica_instance_class', 'read_replica_instance_class = "db.m7g.large"', 'safe_and_called_prod'],

  // deployments take themselves back
  ['modules/service', 'main.tf', '    rollback    = true\n', '    rollback    = false\n', 'alarms_take_a_deployment_back'],
  ['modules/service', 'alarms.tf', 'concat(values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.slow))', '[aws_cloudwatch_metric_alarm.errors["blue"], aws_cloudwatch_metric_alarm.slow["blue"]]', 'alarms_take_a_deployment_back'],
  ['modules/service', 'main.tf', '    enable   = true\n    rollback = true', '    enable   = true\n    rollback = false', 'alarms_take_a_deployment_back'],
  ['modules/service', 'alarms.tf', 'metric_name = "HTTPCode_Target_5XX_Count"', 'metric_name = "HTTPCode_Target_4XX_Count"', 'alarms_take_a_deployment_back'],
  ['modules/service', 'main.tf', 'test_listener_rule         = aws_lb_listener_rule.this["test"].arn', 'test_listener_rule         = null', 'a_canary_goes_first'],
  ['modules/service', 'main.tf', '"BLUE_GREEN" : "CANARY"', '"BLUE_GREEN" : "ROLLING"', 'a_canary_goes_first'],
  ['modules/service', 'routing.tf', 'path                = "/actuator/health/readiness"', 'path                = "/"', 'both_listeners_ask_for_the_same'],
  ['modules/service', 'rotation.tf', 'ForceNewDeployment = true', 'ForceNewDeployment = false', 'new_tasks_after_a_password_changed'],

  // migrations before the switch
  ['modules/migration', 'main.tf', '["--migrate"]', '[]', 'it_migrates_and_ends'],
  ['modules/migration', 'main.tf', '  log_retention_days = var.log_retention_days\n', '  log_retention_days = var.log_retention_days\n  permissions        = []\n', 'it_can_do_little'],
  ['modules/migration', 'variables.tf', 'can(regex("_MIGRATION_DB_PASSWORD$", name))', 'name != ""', 'another_secret_is_refused'],
  ['modules/environment', 'variables.tf', 'a deployment does it before its switch anyway."\n  type        = bool\n  default     = false', 'a deployment does it before its switch anyway."\n  type        = bool\n  default     = true', 'migrations_are_a_step_of_their_own'],
  ['modules/environment', 'services.tf', '{ "${each.value.variables}_PASSWORD" = "${local.role_secrets["migrator"]}:password::" }', '{ "${each.value.variables}_PASSWORD" = "${local.role_secrets["migrator"]}:password::", MORE_MIGRATION_DB_PASSWORD = "${local.role_secrets["command"]}:password::" }', 'migrations_are_a_step_of_their_own'],
  ['modules/environment', 'outputs.tf', 'for name in [local.command, local.query]', 'for name in [local.query, local.command]', 'migrations_are_a_step_of_their_own'],
  ['modules/environment', 'main.tf', 'flatten(values(module.migration)[*].task_definition_arns)', 'module.migration[local.command].task_definition_arns', 'migrations_are_a_step_of_their_own'],
  ['modules/ci-role', 'main.tf', 'Action    = ["ecs:RunTask"]\n      Resource  = deploy.migrations.task_definition_arns', 'Action    = ["ecs:RunTask"]\n      Resource  = ["arn:aws:ecs:*:*:task-definition/*"]', 'migrations_are_all_that_is_run'],
  ['modules/ci-role', 'main.tf', 'Action    = ["ecs:RunTask"]', 'Action    = ["ecs:RunTask", "ecs:ExecuteCommand"]', 'migrations_are_all_that_is_run'],
  ['modules/ci-role', 'variables.tf', '[a-z0-9-]+-migration:', '[a-z0-9-]+:', 'running_a_service_as_a_task_is_refused'],
  ['modules/ci-role', 'main.tf', '["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] # the web', '["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"] # the web', 'deploying_needs_little'],

  // least privilege
  ['modules/task', 'roles.tf', 'Resource = local.secret_arns', 'Resource = "*"', 'starting_a_task_needs_its_own_secrets_and_nothing_else'],
  ['modules/service', 'roles.tf', 'Resource = [for rule in aws_lb_listener_rule.this : rule.arn]', 'Resource = "*"', 'moving_weights_moves_nothing_else'],
  ['modules/task', 'main.tf', 'readonlyRootFilesystem = true', 'readonlyRootFilesystem = false', 'a_task_can_do_little'],
  ['modules/service', 'main.tf', 'enable_execute_command        = false', 'enable_execute_command        = true', 'a_task_can_do_little'],
  ['modules/task', 'roles.tf', 'count = var.permissions == null ? 0 : 1', 'count = 1', 'a_task_without_permissions_has_no_role'],
  ['modules/task', 'main.tf', 'containerPort = port', 'containerPort = 80', 'it_is_told_what_is_its_own'],
  ['modules/task', 'main.tf', 'var.port == null ? {}', 'var.port != null ? {}', 'what_ends_by_itself_answers_nobody'],
  ['modules/service', 'main.tf', 'container_port   = var.task.port', 'container_port   = 80', 'it_runs_the_task_that_was_asked_for'],
  ['modules/environment', 'services.tf', '  permissions = []', '  permissions = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::elsewhere/*"] }]', 'checkpoints_go_into_the_bucket_and_nowhere_else'],
  ['modules/task', 'roles.tf', 'permission.condition == null ? {} : { Condition = permission.condition }', '{}', 'a_task_may_do_what_it_is_given'],
  ['modules/environment', 'services.tf', 'actions = ["s3:PutObject", "s3:GetObject"]', 'actions = ["s3:PutObject", "s3:GetObject", "s3:PutObjectRetention"]', 'checkpoints_go_into_the_bucket_and_nowhere_else'],
  ['modules/environment', 'services.tf', 'condition = { StringLike = { "s3:prefix" = "${local.name}/*" } }', 'condition = null', 'checkpoints_go_into_the_bucket_and_nowhere_else'],
  ['modules/ci-role', 'main.tf', 'Resource  = deploy.passed_role_arns', 'Resource  = ["*"]', 'deploying_needs_little'],
  ['modules/ci-role', 'main.tf', 'Action   = ["s3:GetObject", "s3:PutObject"]', 'Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]', 'deploying_needs_little'],
  ['modules/ci-role', 'main.tf', '      StringEquals = {\n', '      StringLike = {\n', 'only_the_named_environment_takes_it'],
  ['modules/registry', 'main.tf', '"IMMUTABLE"', '"MUTABLE"', 'an_image_is_what_was_tested'],
  ['modules/environment', 'services.tf', '    { MEALS_QUERY_DB_PASSWORD = "${local.role_secrets["query"]}:password::" },', '    { MEALS_QUERY_DB_PASSWORD = "${local.role_secrets["query"]}:password::", MEALS_MASTER_KEY = module.keys.secret_arns["master-key"] },', 'each_service_gets_its_own_secrets'],
  ['modules/environment', 'services.tf', 'var.replaced_keys.master_key ? {', '!var.replaced_keys.master_key ? {', 'keys_are_replaced_where_that_is_asked_for'],

  // the right side, whole requests
  ['modules/environment', 'services.tf', '|auth[^/]+)(/.*)?$', '|auth[^/]*)(/.*)?$', 'reads_go_to_the_query_side_and_all_else_to_the_command_side'],
  ['modules/cdn', 'main.tf', 'origin_request_policy_id = local.all_viewer', 'origin_request_policy_id = null', 'the_api_is_passed_on_whole_and_never_kept'],
  ['modules/cdn', 'main.tf', 'cache_policy_id          = local.caching_disabled', 'cache_policy_id          = local.caching_optimized', 'the_api_is_passed_on_whole_and_never_kept'],
  ['modules/cdn', 'main.tf', 'aws_wafv2_web_acl.this.arn', 'null', 'a_firewall_stands_in_front'],
  ['modules/cluster', 'main.tf', 'preserve_host_header       = true', 'preserve_host_header       = false', 'requests_arrive_as_they_were_sent'],

  // somebody is told
  ['modules/observability', 'main.tf', 'pattern     = "\\"The log is not sealed any further\\""', 'pattern     = "\\"sealed\\""', 'a_seal_that_breaks_is_heard'],
  ['modules/observability', 'main.tf', 'pattern     = "\\"The log takes no appends\\""', 'pattern     = "\\"no appends\\""', 'a_log_that_takes_nothing_is_heard'],
  ['modules/observability', 'main.tf', 'pattern     = "?\\"takes no checkpoint\\" ?', 'pattern     = "', 'checkpoints_that_are_not_taken_are_heard'],
  ['modules/observability', 'main.tf', 'datapoints_to_alarm = each.value.periods', 'datapoints_to_alarm = 1', 'checkpoints_that_are_not_taken_are_heard'],
  ['modules/observability', 'main.tf', 'format("user:environment$%s", var.environment)', '"user:environment"', 'money_is_watched'],

  // names and sizes
  ['environments/dev', 'main.tf', '"db.t4g.small"', '"db.m7g.large"', 'small_and_called_dev'],
  ['environments/staging', 'main.tf', 'multi_az                 = true', 'multi_az                 = false', 'productions_shape_and_called_staging'],
  ['environments/prod', 'main.tf', 'tasks = { min = 3, max = 8 }', 'tasks = { min = 1, max = 8 }', 'safe_and_called_prod'],
  ['environments/prod', 'main.tf', 'canary_percent = 10', 'canary_percent = 50', 'safe_and_called_prod'],
  ['environments/prod', 'main.tf', 'environment    = "prod"', 'environment    = "staging"', 'safe_and_called_prod'],
].filter((error) => process.argv.slice(2).every((word) => error.join(' ').includes(word)));

/** Leaves the one test in place: the others cost time, and it has to be red by itself. */
function keepOnly(folder, test) {
  for (const file of readdirSync(folder)) {
    const [preamble, ...runs] = readFileSync(join(folder, file), 'utf8').split(/^(?=run ")/m);
    const kept = runs.filter((run) => run.startsWith(`run "${test}" `));
    writeFileSync(join(folder, file), [preamble, ...kept].join(''));
  }
}

const work = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
const problems = [];
try {
  const planted = errors.map(([root, file, from, to, test], index) => {
    const copy = join(work, String(index));
    cpSync(here, copy, { recursive: true, filter: (path) => !/\/\.terraform(\.lock\.hcl)?$/.test(path) });
    spawnSync('git', ['init', '-q', copy]); // by which a command that copies the tree finds its top
    const path = join(copy, root, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) {
      problems.push(`${root}/${file}: is not there once, so it cannot be changed: ${from}`);
      return null;
    }
    writeFileSync(path, text.replace(from, () => to));
    keepOnly(join(copy, root, 'tests'), test);
    spawnSync('terraform', ['fmt', '-recursive', join(copy, root)]); // the form is not what is planted
    return { root: join(copy, root), name: `${root}/${file}: ${to.trim() || `without ${from.trim()}`}`, test };
  });
  const checks = planted.filter(Boolean);

  const outcome = spawnSync(join(here, 'check'), checks.map(({ root }) => root), { encoding: 'utf8', maxBuffer: 1 << 28 });
  let rest = outcome.stdout.replace(/\u001b\[[0-9;]*m/g, '');
  for (const { root, name, test } of checks) {
    const end = rest.indexOf(`FAILED: ${root}\n`);
    if (end < 0) {
      problems.push(`${name}: no test is red, expected ${test}`);
      continue;
    }
    const told = rest.slice(0, end);
    rest = rest.slice(end);
    if (told.includes(`run "${test}"... fail`)) {
      console.log(`red, as it should be: ${name}`);
    } else {
      problems.push(`${name}: red, but not ${test}\n${told.slice(-1500)}`);
    }
  }
  if (outcome.error ?? (checks.length > 0 && outcome.stdout === '')) {
    problems.push(`the check did not run: ${outcome.error ?? outcome.stderr}`);
  }
} finally {
  rmSync(work, { recursive: true });
}
problems.forEach((problem) => console.error(`\n${problem}`));
console.log(`${errors.length - problems.length} of ${errors.length} planted errors were found`);
process.exitCode = problems.length === 0 && errors.length > 0 ? 0 : 1;
