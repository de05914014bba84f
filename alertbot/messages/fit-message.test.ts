import { expect, it } from 'vitest';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { actions, button, section } from './blocks.ts';
import { fitBlocks, fitMessage } from './fit-message.ts';
import { ELLIPSIS } from './truncate.ts';

const buttons = actions([button('ACK', 'alert_ack', { a: 1, v: 1 })], 'alert-actions-1');

function message(sections: number, characters: number, text = 'text') {
  const blocks = Array.from({ length: sections }, (_, index) =>
    section('가'.repeat(characters), `s-${index}`),
  );
  return {
    text,
    blocks: blocks.slice(0, 1),
    attachments: [{ color: '#000000', fallback: 'fallback', blocks: [...blocks.slice(1), buttons] }],
  };
}

it('leaves alone what fits', () => {
  expect(fitMessage(message(5, 300))).toEqual(message(5, 300));
});

it('cuts texts before it leaves out any', () => {
  const fitted = fitMessage(message(10, 3000));
  expect(fitted.attachments[0]?.blocks).toHaveLength(10);
  expect(JSON.stringify(fitted).match(/가…"/gu)).toHaveLength(10);
  expect(problemsOf(fitted)).toEqual([]);
});

it('leaves out blocks in the end, but not the buttons, and marks where', () => {
  const fitted = fitMessage(message(200, 3000));
  const kept = fitted.attachments[0]?.blocks ?? [];
  expect(kept.at(-1)).toEqual(buttons);
  expect(kept.at(-2)).toMatchObject({ type: 'context', elements: [{ text: ELLIPSIS }] });
  expect(problemsOf(fitted)).toEqual([]);
});

it('measures bytes, not characters: 4,000 of Korean are 12,000', () => {
  const fitted = fitMessage(message(3, 2000));
  expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThan(12_500);
});

it('cuts the words of a notification', () => {
  const { text } = fitMessage(message(1, 10, 'x'.repeat(50_000)));
  expect(text).toHaveLength(3_000);
  expect(text.endsWith(ELLIPSIS)).toBe(true);
});

it('leaves out what is beyond a hundred blocks of a view, and marks it', () => {
  const blocks = Array.from({ length: 140 }, (_, index) => section('x', `s-${index}`));
  const fitted = fitBlocks(blocks);
  expect(fitted).toHaveLength(100);
  expect(fitted.at(-1)).toMatchObject({ elements: [{ text: ELLIPSIS }] });
  expect(fitBlocks(blocks.slice(0, 100))).toEqual(blocks.slice(0, 100));
});

it('leaves out what is too large for a view', () => {
  const blocks = Array.from({ length: 90 }, (_, index) => section('가'.repeat(3000), `s-${index}`));
  const fitted = fitBlocks(blocks);
  expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThan(240_001);
  expect(fitted.at(-1)).toMatchObject({ elements: [{ text: ELLIPSIS }] });
});
