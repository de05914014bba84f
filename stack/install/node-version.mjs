import { InstallProblem } from './problem.mjs';

const required = [20, 19];

/** Throws an InstallProblem when this Node version is older than the oldest supported one. */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > required[0] || (major === required[0] && minor >= required[1])) return;
  throw new InstallProblem(
    [
      `Node ${required.join('.')} or newer is needed; this is Node ${version}.`,
      '  Debian, Ubuntu:  https://github.com/nodesource/distributions',
      '  macOS:           brew install node@20',
      '  with nvm:        nvm install 20',
    ].join('\n'),
  );
}
