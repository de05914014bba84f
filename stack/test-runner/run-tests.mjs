import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../install/paths.mjs';
import { run } from '../install/run.mjs';
import { countTests, summaryLine } from './count-tests.mjs';

/** Whether the tests chosen by these arguments of `npm test` may need a database or a broker. */
export function needsServices(args) {
  const projects = args.flatMap((arg, index) => {
    if (arg === '--project') return [args[index + 1]];
    return arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [];
  });
  return projects.length === 0 || projects.some((name) => name !== 'unit');
}

/**
 * Runs vitest with the given arguments and prints `N passed, N failed, N skipped` as the very last line, after whatever
 * the tests' tear-down printed. Returns vitest's exit code.
 */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-counts-'));
  const countsFile = join(folder, 'counts.json');
  try {
    const reporter = join(projectRoot, 'stack', 'test-runner', 'count-reporter.mjs');
    const reporters = ['default', reporter, ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : [])];
    const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
    const options = reporters.map((name) => `--reporter=${name}`);
    const code = await run(process.execPath, [vitest, 'run', ...options, ...args], {
      cwd: projectRoot,
      env: { ...process.env, TEST_COUNTS_FILE: countsFile },
    });
    const counts = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : countTests([]);
    if (code !== 0 && counts.failed === 0) {
      console.log(`No test failed, but the run did (exit code ${code}); the reason is above.`);
    }
    console.log(summaryLine(counts));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
