import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { findExecutable } from '../../stack/install/java.mjs';
import { projectRoot } from '../../stack/install/paths.mjs';

/** Where there is no Debian package of that name of the program, the usual name of it. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'prometheus-alertmanager': 'alertmanager' };

/** Path of a program that Debian's packages prometheus and prometheus-alertmanager bring. */
export function toolPath(name: string): string | undefined {
  return findExecutable(name) ?? findExecutable(OTHER_NAMES[name] ?? name);
}

/**
 * Tests that need programs which not everybody has: skipped, by name, where one is missing; with CI set they fail then,
 * for there nothing may be left out in silence, unless TEST_WITHOUT_TOOLS=1 says that they cannot be had.
 */
export function describeWithTools(name: string, tools: readonly string[], define: () => void): void {
  const missing = tools.filter((tool) => toolPath(tool) === undefined);
  const title = missing.length === 0 ? name : `${name} (needs ${missing.join(', ')})`;
  const mayBeMissing = !process.env.CI || process.env.TEST_WITHOUT_TOOLS === '1';
  describe.skipIf(missing.length > 0 && mayBeMissing)(title, define);
}

/** Runs a tool in the checkout. A missing one is an error. */
export function runTool(
  name: string,
  args: readonly string[],
  options: { input?: string } = {},
): SpawnSyncReturns<string> {
  const path = toolPath(name);
  if (path === undefined) throw new Error(`${name} is not on the PATH`);
  return spawnSync(path, [...args], { cwd: projectRoot, encoding: 'utf8', ...options });
}
