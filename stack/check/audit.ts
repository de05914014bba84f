import { spawnSync } from 'node:child_process';
import { projectRoot } from '../install/paths.mjs';
import { readAudit } from './read-audit.ts';

/** Whether npm knows of a vulnerability, high or critical, in what package-lock.json names. Skipped, saying so, where it cannot be asked. */
const PATIENCE = ['--fetch-retries=0', '--fetch-timeout=20000'];

const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only', ...PATIENCE], {
  cwd: projectRoot,
  encoding: 'utf8',
});
const outcome = readAudit(stdout ?? '');
switch (outcome.kind) {
  case 'clean':
    console.log('audit: no vulnerability is known, high or critical');
    break;
  case 'unanswered':
    console.log(`audit: SKIPPED, the registry does not say (${outcome.why})`);
    break;
  case 'vulnerable':
    console.error(outcome.findings.join('\n'));
    process.exitCode = 1;
}
