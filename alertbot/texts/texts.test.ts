import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../messages/limits.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Texts } from './texts.ts';

/** Every text by its path; functions are called with what they are called with, ids as code. */
function textsIn(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return textsIn(value(...argumentsFor(path)), path);
  return Object.entries(value as object).flatMap(([name, member]) => textsIn(member, `${path}.${name}`));
}

const CODE = { user: '`A`', product: '`B`', trigger: '`C`' };
const FACTS = { ...CODE, count: '3', seconds: '3', quantity: '3', available: '3' };

const ARGUMENTS: readonly [RegExp, unknown[]][] = [
  [/^\.details\.invalid/u, [['`A`', '`B`']]],
  [/^\.details\.external/u, ['`A`']],
  [/^\.details\.offsets/u, ['3', '4']],
  [/^\.details\./u, [FACTS]],
  [/^\.delivery\.factors/u, [['A', '`B`']]],
  [/headlines\.probablyLate/u, ['A', 3]],
  [/^\.problems\.(missing|bad)Id/u, ['ack', '`A`']],
  [/^\.problems\.(missing|bad)Duration/u, [12, '`A`']],
  [/^\.problems\.noteTooLong/u, [500]],
  [/^\.problems\.|unknownAlert|placeholder/u, ['`A`', '`B`']],
  [/headlines\.group$/u, [3, 'A']],
  [/units|count|^\.more|showAll|All$|warning|noteTooLong|home\.|group(Already|Refused|Failed)/u, [3, 3, 3]],
  [/groupDone|membersModal|holdNumber|alertNumber/u, [3, 3, 3]],
  [/./u, ['A', 'B', 'C']],
];

function argumentsFor(path: string): unknown[] {
  return ARGUMENTS.find(([pattern]) => pattern.test(path))?.[1] ?? [];
}

/** Where Slack refuses, and so we would cut, what is longer. */
const MOST: readonly [RegExp, number][] = [
  [/^\.buttons\./u, LIMITS.button],
  [/^\.confirmRetry\..*title$/u, LIMITS.confirmTitle],
  [/^\.confirmRetry\..*text$/u, LIMITS.confirmText],
  [/^\.confirmRetry\..*(confirm|deny)$/u, LIMITS.confirmButton],
  [/Modal\.(title|submit|cancel|close)$/u, LIMITS.modalTitle],
  [/(Means|\.release|\.cancelOrder|\.causes\..*|\.choices\..*)$/u, LIMITS.option],
  [/snoozeModal\.tomorrow$/u, LIMITS.option - '2026-03-02 09:00'.length],
  [/Placeholder$/u, LIMITS.placeholder],
];

describe.each<[string, Texts]>([
  ['ko', ko],
  ['en', en],
])('the words of %s', (_, texts) => {
  const all = textsIn(texts);

  it('are there, and complete', () => {
    for (const [path, text] of all) expect(text, path).toMatch(/\S/u);
    expect(all.map(([, text]) => text).join('\n')).not.toMatch(/undefined|null|NaN|\[object/u);
  });

  it('fit where they are shown', () => {
    for (const [path, text] of all) {
      const most = MOST.find(([pattern]) => pattern.test(path))?.[1] ?? LIMITS.section;
      expect(text.length, `${path}: ${text}`).toBeLessThanOrEqual(most);
    }
  });

  it('leave a blank or a mark around what Slack formats', () => {
    for (const [path, text] of all) {
      expect(text.replaceAll(/`[^`]*`/gu, '\u0001').replaceAll(/\*[^*]*\*/gu, '\u0001'), path).not.toMatch(
        /[\p{L}\p{N}]\u0001|\u0001[\p{L}\p{N}]/u,
      );
    }
  });
});

it('has the same words in both languages', () => {
  const paths = (texts: Texts) => textsIn(texts).map(([path]) => path);
  expect(paths(ko)).toEqual(paths(en));
});

it('has all its words here', () => {
  const folders = ['../messages', '../commands'].map((folder) => new URL(`${folder}/`, import.meta.url));
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.ts') || name.includes('.test.')) continue;
      expect(readFileSync(new URL(name, folder), 'utf8'), name).not.toMatch(/[가-힣]/u);
    }
  }
});
