#!/usr/bin/env node
// Plants one error at a time into a copy of the alert rules and expects the named test to be red: a test that no error can
// turn red is none. Whoever changes a rule that an error here belongs to runs this; what it plants must still be there.
//
//   infrastructure/observability/planted-errors.mjs          all of them
//   infrastructure/observability/planted-errors.mjs Seal     those whose place contains the word
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

// file of rules, what is there, what is planted, test that must be red
const errors = [
  ['alerts.yml', 'absent(meals_committer_queue)', 'absent(up)', 'CommandSideGone is told'],
  ['alerts.yml', 'absent(meals_log_head_position)', 'absent(up)', 'QuerySideGone is told'],
  ['alerts.yml', 'up{job!="prometheus"} == 0', 'up == 0', 'InstanceUnreachable is not told'],
  ['alerts.yml', '          or (sum by (job, method, uri) (http_server_requests_seconds_count{status="500"})\n              unless sum by (job, method, uri) (http_server_requests_seconds_count{status="500"} offset 10m))\n', '', 'UnexpectedFailures is told'],
  ['alerts.yml', 'increase(http_server_requests_seconds_count{status="500"}[10m])', 'increase(http_server_requests_seconds_count{status=~"5.."}[10m])', 'UnexpectedFailures is not told'],
  ['alerts.yml', '(jvm_memory_usage_after_gc) > 0.9', '(jvm_memory_usage_after_gc) > 0.8', 'MemoryShort is not told'],
  ['alerts.yml', 'jvm_memory_usage_after_gc', 'jvm_memory_used_bytes', 'MemoryShort is told'],
  ['alerts.yml', 'hikaricp_connections_pending) > 0\n        for: 2m', 'hikaricp_connections_pending) > 0\n        for: 0m', 'ConnectionsShort is not told'],
  ['alerts.yml', 'count by (job, instance) (meals_projection_position != meals_projection_position)', 'count by (job, instance) (meals_projection_position == 0)', 'MetricsUnreadable is told'],
  ['alerts.yml', 'meals_committer_queue / meals_committer_queue_capacity', 'meals_committer_queue_capacity / meals_committer_queue', 'CommitterQueueFills is not told'],
  ['alerts.yml', '(meals_committer_queue / meals_committer_queue_capacity) > 0.5', '(meals_committer_queue / meals_committer_queue_capacity) > 0.9', 'CommitterQueueFills is told'],
  ['alerts.yml', 'reason=~"log-busy|event-log-unavailable|outcome-unknown"', 'outcome="refused"', 'LogRefusesAppends is not told'],
  ['alerts.yml', 'reason=~"log-busy|', 'reason=~"busy|', 'LogRefusesAppends is told'],
  ['alerts.yml', 'max(meals_log_closed) > 0', 'min(meals_log_closed) > 0', 'LogClosed is told'],
  ['alerts.yml', 'max(meals_log_closed) > 0', 'max(max_over_time(meals_log_closed[10m])) > 0', 'LogClosed is not told'],
  ['alerts.yml', 'histogram_quantile(0.99', 'histogram_quantile(0.9', 'AppendsSlow is told'],
  ['alerts.yml', 'meals_seal_troubles_total{kind="refused"}', 'meals_seal_troubles_total', 'LogNotSealed is not told'],
  ['alerts.yml', 'meals_seal_troubles_total{kind="failed"}', 'meals_seal_troubles_total', 'CheckpointsFail is not told'],
  ['alerts.yml', 'max(meals_seal_lag_seconds) > 60', 'max(meals_seal_lag_seconds) > 3600', 'SealBehind is told'],
  ['alerts.yml', 'max(meals_archive_lag_seconds) > 300', 'min(meals_archive_lag_seconds) > 3600', 'LogNotArchived is told'],
  ['alerts.yml', 'max(meals_archive_lag_seconds) > 300\n        for: 2m', 'max(meals_archive_lag_seconds) > 300\n        for: 0m', 'LogNotArchived is not told'],
  ['alerts.yml', 'max(meals_archive_lag_seconds) > 300', 'max(meals_archive_failing) > 0', 'LogNotArchived is not told'],
  ['alerts.yml', 'max(meals_archive_waiting_bytes) > 2^30', 'max(meals_archive_waiting_bytes) > 2^40', 'ArchiveBehind is told'],
  ['alerts.yml', 'max(meals_archive_waiting_bytes) > 2^30', 'max(meals_archive_waiting_bytes) > 2^24', 'ArchiveBehind is not told'],
  ['alerts.yml', 'max by (projection) (meals_projection_state{state="failed"})', 'sum by (projection) (meals_projection_state{state="broken"})', 'ProjectionFailed is told'],
  ['alerts.yml', 'meals_projection_state{state="failed"}', 'meals_projection_state', 'ProjectionFailed is not told'],
  ['alerts.yml', '(meals_projection_state{state="stopped"}) > 0\n        for: 2m', '(meals_projection_state{state="stopped"}) > 0\n        for: 0m', 'ProjectionStopped is not told'],
  ['alerts.yml', '(meals_projection_lag_seconds) > 30', '(meals_projection_lag_seconds) > 10', 'ProjectionBehind is not told'],
  ['alerts.yml', 'max by (projection) (meals_projection_lag_seconds)', 'max (meals_projection_lag_seconds)', 'ProjectionBehind is told'],
  ['alerts.yml', '(meals_projection_dead_letters) > 0', '(meals_projection_dead_letters) > 10', 'DeadLetters is told'],
  ['alerts.yml', 'max(meals_rebuilds_undecided) > 0', 'max(meals_rebuilds_undecided) >= 0', 'RebuildUndecided is not told'],
  ['alerts.yml', 'changes(meals_rebuild_position[15m])', 'changes(meals_rebuild_target[15m])', 'RebuildStalled is not told'],
  ['alerts.yml', 'severity: page }\n        annotations:\n          summary: "The log contradicts', 'severity: ticket }\n        annotations:\n          summary: "The log contradicts', 'LogNotSealed is told'],
  ['alerts.yml', 'runbook: docs/runbooks/DeadLetters.md', 'runbook: docs/runbooks/LettersDead.md', 'DeadLetters is told'],
  ['slo.yml', 'slo: command-availability }, expr: vector(0.001)', 'slo: command-availability }, expr: vector(0.01)', 'commands that fail are told within minutes'],
  ['slo.yml', 'slo: read-availability }, expr: vector(0.001)', 'slo: read-availability }, expr: vector(0.0001)', "less than what is allowed is nobody's business"],
  ['slo.yml', 'slo:errors:ratio1h > on (slo) (14.4 * slo:budget) and on (slo) slo:errors:ratio5m > on (slo) (14.4 * slo:budget)', 'slo:errors:ratio1h > on (slo) (14.4 * slo:budget)', 'what is over is not told for as long as it was'],
  ['slo.yml', 'max(meals_projection_lag_seconds) > bool 5', 'min(meals_projection_lag_seconds) > bool 5', 'read models that lag are told'],
  ['slo.yml', 'ratio3d > on (slo) slo:budget', 'ratio3d > on (slo) (10 * slo:budget)', 'a little that goes wrong for days'],
].filter((error) => process.argv.slice(2).every((word) => error.join(' ').includes(word)));

/** Leaves the one test in place: the others cost time, and it has to be red by itself. */
function keepOnly(folder, test) {
  for (const file of readdirSync(folder)) {
    const [preamble, ...tests] = readFileSync(join(folder, file), 'utf8').split(/^(?=  - name: )/m);
    const kept = tests.filter((text) => text.startsWith(`  - name: ${test}`));
    if (kept.length > 0) {
      writeFileSync(join(folder, file), [preamble, ...kept].join(''));
    } else {
      rmSync(join(folder, file));
    }
  }
}

const work = mkdtempSync(join(tmpdir(), 'planted-'));
const problems = [];
let found = 0;
try {
  for (const [index, [file, from, to, test]] of errors.entries()) {
    const copy = join(work, String(index));
    cpSync(here, copy, { recursive: true });
    const path = join(copy, 'rules', file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) {
      problems.push(`${file}: is not there once, so it cannot be changed: ${from}`);
      continue;
    }
    writeFileSync(path, text.replace(from, () => to));
    keepOnly(join(copy, 'tests'), test);
    const outcome = spawnSync('sh', ['-c', 'promtool check rules rules/*.yml && promtool test rules tests/*.yml'], {
      encoding: 'utf8',
      cwd: copy,
    });
    const told = `${outcome.stdout}${outcome.stderr}`;
    if (outcome.status === 1 && told.includes(`name: ${test}`)) {
      found += 1;
      console.log(`red, as it should be: ${test}`);
    } else {
      problems.push(`${file}: ${to}: not red, or not because of "${test}"\n${told.slice(-1500)}`);
    }
  }
} finally {
  rmSync(work, { recursive: true });
}
problems.forEach((problem) => console.error(`\n${problem}`));
console.log(`${found} of ${errors.length} planted errors were found`);
process.exitCode = problems.length === 0 && errors.length > 0 ? 0 : 1;
