import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstallProblem } from './problem.mjs';
import { run } from './run.mjs';

/**
 * Whether the installed packages are those of the lock file. npm writes node_modules/.package-lock.json as the last
 * step of an installation: it is both the proof that one was completed and the record of what it put there. So a
 * developer's own `npm ci` counts too, while an interrupted one, or a folder copied from another platform, does not.
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  return matches(readPackages(join(root, 'package-lock.json')), readPackages(record), process);
}

/** Installs the packages of the lock file with `npm ci` unless they are there. Throws an InstallProblem on failure. */
export async function ensureNodeModules(root, { env = process.env, say = console.log } = {}) {
  if (isInstalled(root)) return;
  say('Installing packages (npm ci, once) ...');
  const startedAt = Date.now();
  // Started by npm, the path of that npm is in the environment; else the one on PATH.
  const [command, first] = env.npm_execpath ? [process.execPath, [env.npm_execpath]] : ['npm', []];
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const code = await run(command, args, { cwd: root, env }).catch((error) => error.message);
  if (code !== 0) {
    throw new InstallProblem(
      `npm could not install the packages (${typeof code === 'number' ? `exit code ${code}` : code}). ` +
        'It needs access to the npm registry; its own message is above. Then run the same command again.',
    );
  }
  say(`  packages installed, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function readPackages(path) {
  const { packages = {} } = JSON.parse(readFileSync(path, 'utf8'));
  const { '': _root, ...dependencies } = packages;
  return dependencies;
}

/** Whether `installed` holds every package of `locked` that belongs on this platform, and no other version of any. */
export function matches(locked, installed, { platform, arch }) {
  for (const [path, { version }] of Object.entries(installed)) {
    if (locked[path]?.version !== version) return false;
  }
  return Object.entries(locked).every(
    ([path, entry]) => path in installed || !isRequired(entry, platform, arch),
  );
}

/** An optional package is npm's to skip, except one made for exactly this platform (a native binary). */
function isRequired({ optional, os, cpu, libc }, platform, arch) {
  if (!optional) return true;
  return Boolean(os?.includes(platform) && cpu?.includes(arch) && libc === undefined);
}
