import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileText } from '../../test/support/slack/hostile-views.ts';
import { code, escapeEntities, escapeMrkdwn, inline, mention, quote } from './escape.ts';
import { ELLIPSIS, truncate } from './truncate.ts';

const max = fc.integer({ min: 1, max: 200 });

it('keeps a text that fits, and otherwise the beginning of it with a mark', () => {
  fc.assert(
    fc.property(hostileText, max, (text, most) => {
      const cut = truncate(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      if (text.length <= most) expect(cut).toBe(text);
      else {
        expect(cut.endsWith(ELLIPSIS)).toBe(true);
        expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      }
    }),
  );
});

it('leaves no entity, mention or surrogate pair in half', () => {
  const pieces = fc.constantFrom(
    '&amp;',
    '&lt;',
    '<@U0KIM>',
    '<!subteam^S0ONCALL>',
    '👍',
    'a',
    '가',
    '& ',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 80 }), max, (parts, most) => {
      const cut = truncate(parts.join(''), most);
      expect(cut.isWellFormed()).toBe(true);
      const rest = cut.replace(/…$/u, '').replaceAll(/<[^<>]+>/gu, '');
      expect(rest).not.toMatch(/[<>]/u);
      expect(rest.replaceAll('& ', '')).not.toMatch(/&(?!amp;|lt;)(?!$)/u);
    }),
  );
});

it.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['ab&amp;cd', 6, 'ab…'],
  ['ab&amp;cd', 8, 'ab&amp;…'],
  ['hi <@U0KIM>!!', 9, 'hi …'],
  ['👍👍👍', 4, '👍…'],
  ['abc', 1, '…'],
])('cuts %j to %i as %j', (text, most, expected) => {
  expect(truncate(text, most)).toBe(expected);
});

it.each([
  ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ['<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
  ['*x* ~y~ `z`', '∗x∗ ∼y∼ ˋzˋ'],
  ['_x_ event_id a__b _', '＿x＿ event_id a__b ＿'],
  ['a\u0000b\u001bc\u007fd\u009be', 'a␀b␛c␡d\ufffde'],
  ['a\r\nb\u2028c\td', 'a\nb\nc d'],
  ['user\u202etxt.exe', 'user\ufffdtxt.exe'],
  ['\ud83d!', '\ufffd!'],
  ['مرحبا 👩‍👩‍👧‍👦 가', 'مرحبا 👩‍👩‍👧‍👦 가'],
])('escapes %j', (text, expected) => {
  expect(escapeMrkdwn(text)).toBe(expected);
});

it('leaves nothing that formats, mentions or cannot be seen', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const escaped = escapeMrkdwn(text);
      expect(escaped).not.toMatch(/[<>*~`]|&(?!amp;|lt;|gt;)/u);
      expect(escaped).not.toMatch(/(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/u);
      expect(escapeEntities(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    }),
  );
});

it('keeps data that is part of a line on that line, within its limit, marked when cut', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 3, max: 300 }), (text, most) => {
      for (const written of [inline(text, most), code(text, most)]) {
        expect(written.length).toBeLessThanOrEqual(most);
        expect(written).not.toContain('\n');
        expect(written.trim()).not.toBe('');
        if (text.replace(/\s+/gu, ' ').trim().length > most) expect(written).toMatch(/…`?$/u);
      }
      expect(code(text, most)).toMatch(/^(`[^`]+`|—)$/u);
    }),
  );
});

it('quotes every line', () => {
  expect(quote('one\n*two*\r\n> three', 100)).toBe('> one\n> ∗two∗\n> &gt; three');
  expect(quote('  ', 100)).toBe('> —');
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 10, max: 300 }), (text, most) => {
      const quoted = quote(text, most);
      expect(quoted.length).toBeLessThanOrEqual(most);
      for (const line of quoted.split('\n')) expect(line).toMatch(/^(> |…$|>…$)/u);
    }),
  );
});

it.each([
  ['U0KIM', '<@U0KIM>'],
  ['W0KIM', '<@W0KIM>'],
  ['S0ONCALL', '<!subteam^S0ONCALL>'],
  ['C0GENERAL', null],
  ['U0KIM> <!channel', null],
  ['!channel', null],
  ['', null],
  [null, null],
])('mentions %j as %j', (id, expected) => {
  expect(mention(id)).toBe(expected);
});
