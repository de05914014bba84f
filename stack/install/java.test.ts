import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { javaMajor, requireJava, requireMaven } from './java.mjs';
import { requireNode } from './node-version.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-java-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fakeJava(complaint: string): void {
  writeFileSync(join(folder, 'java'), `#!/bin/sh\necho '${complaint}' >&2\n`, { mode: 0o755 });
}

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('%s is Java %s', (output, major) => {
  expect(javaMajor(output)).toBe(major);
});

describe('a missing or old program', () => {
  test('no Java at all', () => {
    expect(() => requireJava({ PATH: folder })).toThrow(
      /Java 17 or newer; none was found[\s\S]*apt-get install/,
    );
  });

  test('an old Java is named', () => {
    fakeJava('openjdk version "11.0.2"');
    expect(() => requireJava({ PATH: folder })).toThrow(`${folder}/java is Java 11`);
  });

  test('the placeholder macOS has instead of Java counts as none', () => {
    fakeJava('Unable to locate a Java Runtime.');
    expect(() => requireJava({ PATH: folder })).toThrow('none was found');
  });

  test('no Maven', () => {
    expect(() => requireMaven({ PATH: folder })).toThrow(/no mvn was found on PATH[\s\S]*brew install maven/);
  });

  test('an old Node is told the version it needs', () => {
    expect(() => requireNode('18.20.4')).toThrow('Node 20.19 or newer is needed; this is Node 18.20.4.');
    expect(() => requireNode('20.19.0')).not.toThrow();
    expect(() => requireNode('22.1.0')).not.toThrow();
  });
});

test('a new enough Java is taken, that of JAVA_HOME first', () => {
  fakeJava('openjdk version "21.0.1"');
  expect(requireJava({ PATH: folder })).toBe(join(folder, 'java'));
  const home = join(folder, 'home');
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), '#!/bin/sh\necho \'version "17.0.1"\' >&2\n', { mode: 0o755 });
  expect(requireJava({ PATH: folder, JAVA_HOME: home })).toBe(join(home, 'bin', 'java'));
});
