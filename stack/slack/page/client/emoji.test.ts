import { expect, it } from 'vitest';
import { emojiCharacter, emojiName, splitAtEmoji } from './emoji.ts';

it('knows names and characters', () => {
  expect(emojiCharacter('warning')).toBe('⚠️');
  expect(emojiName('⚠')).toBe('warning');
  expect(emojiCharacter('constructor')).toBeNull();
});

it('finds the characters in a text', () => {
  expect(splitAtEmoji('a 🔴 b ⚠️c')).toEqual(['a ', '🔴', ' b ', '⚠️', 'c']);
  expect(splitAtEmoji('no 1 of #')).toEqual(['no 1 of #']);
});
