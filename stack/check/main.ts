import { spawnSync } from 'node:child_process';
import { projectRoot } from '../install/paths.mjs';
import { checks } from './checks.ts';

/** Runs every check that is not for being named, or those whose names are given, even after one has failed; exits 1 when any did. */
function main(names: readonly string[]): number {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    console.error(
      `unknown check ${unknown.join(', ')}; there are: ${checks.map(({ name }) => name).join(', ')}`,
    );
    return 64;
  }
  const failed: string[] = [];
  for (const { name, command, remedy, onlyNamed } of checks) {
    if (names.length > 0 ? !names.includes(name) : onlyNamed) continue;
    const startedAt = Date.now();
    const [program, ...args] = command;
    const { status } = spawnSync(program, args, { cwd: projectRoot, stdio: 'inherit' });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    console.log(
      status === 0 ? `ok      ${name} (${seconds} s)` : `FAILED  ${name} (${seconds} s): ${remedy}`,
    );
    if (status !== 0) failed.push(name);
  }
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
