import { expect, test } from 'vitest';
import { matches } from './node-modules.mjs';

const linux = { platform: 'linux', arch: 'x64' };
const locked = {
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
  'node_modules/a-darwin': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
  'node_modules/a-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
};
const { 'node_modules/a': a, 'node_modules/a-linux': native } = locked;

test('what npm installed for this platform is complete', () => {
  expect(matches(locked, { 'node_modules/a': a, 'node_modules/a-linux': native }, linux)).toBe(true);
});

test('a missing package, another version and a package no longer locked ask for an installation', () => {
  const installed = { 'node_modules/a': a, 'node_modules/a-linux': native };
  expect(matches(locked, { 'node_modules/a-linux': native }, linux)).toBe(false);
  expect(matches(locked, { ...installed, 'node_modules/a': { version: '0.9.0' } }, linux)).toBe(false);
  expect(matches(locked, { ...installed, 'node_modules/gone': { version: '1.0.0' } }, linux)).toBe(false);
});

test('a folder installed on another platform asks for an installation', () => {
  const darwin = { platform: 'darwin', arch: 'arm64' };
  expect(matches(locked, { 'node_modules/a': a, 'node_modules/a-linux': native }, darwin)).toBe(false);
});
