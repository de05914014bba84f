import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseCommand } from '../../bench/chaos/command.ts';
import { exitCodeOf } from '../../bench/chaos/report/result.ts';
import { runChaos } from '../../bench/chaos/run-chaos.ts';
import { nativeServer } from '../support/template.ts';

const TIMEOUT_MS = 600_000;

test(
  'npm run chaos kills the processor under load, finds nothing lost and nothing doubled, and says so in a report',
  async () => {
    const out = await mkdtemp(join(tmpdir(), 'holdfast-test-chaos-'));
    onTestFinished(() => rm(out, { recursive: true, force: true }));
    const options = ['--only', 'processor-killed', '--seconds', '15', '--rate', '80', '--out', out];
    const said: string[] = [];
    const { results } = await runChaos(parseCommand(options), {
      server: nativeServer(),
      signal: new AbortController().signal,
      say: (line) => said.push(line),
    });
    const [result] = results;
    expect(result, said.join('\n')).toMatchObject({ name: 'processor-killed', outcome: 'ok' });
    expect(exitCodeOf(results)).toBe(0);
    expect(result?.faults.length).toBeGreaterThan(0);
    expect(result?.records).toBeGreaterThan(900);
    // Nothing is lost where there was nothing.
    for (const { what, wanted } of result?.verdict?.comparisons ?? [])
      expect(`${what} ${wanted > 0}`).toBe(`${what} true`);
    const report = await readFile(join(out, 'report.md'), 'utf8');
    expect(report).toContain('| processor-killed | ok |');
    expect(existsSync(join(out, 'processor-killed.svg'))).toBe(true);
  },
  TIMEOUT_MS,
);
