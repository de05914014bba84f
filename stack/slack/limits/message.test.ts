import { expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { checkBlocksTogether, checkMessage, type MessageContent } from './message.ts';

const long = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: 'button', text: plain('ACK'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string, text = value) => ({ text: plain(text), value });
const options = (count: number) => many(count, (n) => option(`v${n}`));
const confirm = (more: object = {}) => ({
  title: plain('Sure?'),
  text: mrkdwn('It will run again.'),
  confirm: plain('Run'),
  deny: plain('Leave'),
  ...more,
});

function errorOf(content: Partial<MessageContent>): { code: string; messages: string[] } {
  try {
    checkMessage({ text: '', ...content });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const metadata = error.extra.response_metadata as { messages: string[] } | undefined;
    return { code: error.message, messages: metadata?.messages ?? [] };
  }
  return { code: 'none', messages: [] };
}

const refusals = (...blocks: unknown[]) => errorOf({ blocks });

it.each<[string, unknown[]]>([
  ['50 blocks', many(50, () => ({ type: 'divider' }))],
  ['a section of 3,000', [section(long(3000))]],
  ['ten fields of 2,000', [{ type: 'section', fields: many(10, () => mrkdwn(long(2000))) }]],
  ['a header of 150', [{ type: 'header', text: plain(long(150)) }]],
  ['ten elements of context', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
  ['25 buttons', [actions(...many(25, (n) => button({ action_id: `a${n}` })))]],
  [
    'a button at its limits',
    [actions(button({ text: plain(long(75)), value: long(2000), action_id: long(255) }))],
  ],
  [
    'the same action_id in two blocks',
    [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
  ],
  ['an overflow of five', [actions({ type: 'overflow', options: options(5) })]],
  [
    'an option at its limits',
    [actions({ type: 'overflow', options: [option(long(150), long(75)), option('x')] })],
  ],
  ['a select of 100', [actions({ type: 'static_select', placeholder: plain('x'), options: options(100) })]],
  [
    'a select of groups',
    [actions({ type: 'static_select', option_groups: [{ label: plain('x'), options: options(2) }] })],
  ],
  ['an accessory', [{ ...section('x'), accessory: { type: 'overflow', options: options(2) } }]],
  ['a confirm dialog', [actions(button({ confirm: confirm(), style: 'danger' }))]],
  ['an input', [{ type: 'input', label: plain('x'), element: { type: 'plain_text_input' } }]],
  [
    'radio buttons with mrkdwn',
    [actions({ type: 'radio_buttons', options: [{ text: mrkdwn('*x*'), value: 'x' }] })],
  ],
  ['an image', [{ type: 'image', image_url: 'https://x.example/a.png', alt_text: 'x' }]],
])('accepts %s', (_what, blocks) => {
  expect(refusals(...blocks)).toEqual({ code: 'none', messages: [] });
});

it.each<[string, unknown, string]>([
  [
    'a long section',
    section(long(3001)),
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['an empty section', section(''), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  [
    'a section of nothing',
    { type: 'section' },
    'missing required field: text or fields [json-pointer:/blocks/0]',
  ],
  [
    'eleven fields',
    { type: 'section', fields: many(11, () => mrkdwn('x')) },
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a long field',
    { type: 'section', fields: [mrkdwn('x'), mrkdwn(long(2001))] },
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/1/text]',
  ],
  [
    'a long header',
    { type: 'header', text: plain(long(151)) },
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a header with markup',
    { type: 'header', text: mrkdwn('x') },
    'must be one of: plain_text [json-pointer:/blocks/0/text/type]',
  ],
  [
    'eleven elements of context',
    { type: 'context', elements: many(11, () => mrkdwn('x')) },
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no actions', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    '26 buttons',
    actions(...many(26, (n) => button({ action_id: `a${n}` }))),
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a long button',
    actions(button({ text: plain(long(76)) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a button with markup',
    actions(button({ text: mrkdwn('x') })),
    'must be one of: plain_text [json-pointer:/blocks/0/elements/0/text/type]',
  ],
  [
    'a long value',
    actions(button({ value: long(2001) })),
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a value that is a number',
    actions(button({ value: 7 })),
    'must be a string [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a style of its own',
    actions(button({ style: 'green' })),
    'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a long action_id',
    actions(button({ action_id: long(256) })),
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'an action_id twice in a block',
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    '`action_id` a already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'an overflow of one',
    actions({ type: 'overflow', options: options(1) }),
    'no fewer than 2 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an overflow of six',
    actions({ type: 'overflow', options: options(6) }),
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'a long option',
    actions({ type: 'overflow', options: [option('a', long(76)), option('b')] }),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'a long value of an option',
    actions({ type: 'overflow', options: [option('a'), option(long(151), 'b')] }),
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/1/value]',
  ],
  [
    'a select of 101',
    actions({ type: 'static_select', options: options(101) }),
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'eleven radio buttons',
    actions({ type: 'radio_buttons', options: options(11) }),
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'a long placeholder',
    actions({ type: 'static_select', options: options(1), placeholder: plain(long(151)) }),
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
  ],
  [
    'a long title of a confirm dialog',
    actions(button({ confirm: confirm({ title: plain(long(101)) }) })),
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'a long text of a confirm dialog',
    actions(button({ confirm: confirm({ text: plain(long(301)) }) })),
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'a long button of a confirm dialog',
    actions(button({ confirm: confirm({ deny: plain(long(31)) }) })),
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
  ],
  [
    'a long label',
    { type: 'input', label: plain(long(2001)), element: { type: 'plain_text_input' } },
    'must be less than 2001 characters [json-pointer:/blocks/0/label/text]',
  ],
  [
    'an input that holds a button',
    { type: 'input', label: plain('x'), element: button() },
    'unsupported type: button [json-pointer:/blocks/0/element/type]',
  ],
  [
    'a text input among actions',
    actions({ type: 'plain_text_input' }),
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'an input too long for Slack',
    { type: 'input', label: plain('x'), element: { type: 'plain_text_input', max_length: 3001 } },
    'must be between 0 and 3000 [json-pointer:/blocks/0/element/max_length]',
  ],
  [
    'a long block_id',
    { type: 'divider', block_id: long(256) },
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  ['a type nobody knows', { type: 'toString' }, 'unsupported type: toString [json-pointer:/blocks/0/type]'],
  ['a string', 'section', 'must be an object [json-pointer:/blocks/0]'],
])('refuses %s', (_what, block, message) => {
  expect(refusals(block)).toEqual({ code: 'invalid_blocks', messages: [`[ERROR] ${message}`] });
});

it('refuses 51 blocks, and a block_id twice in a message, also in its attachments', () => {
  expect(refusals(...many(51, () => ({ type: 'divider' }))).messages).toEqual([
    '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
  ]);
  const divider = { type: 'divider', block_id: 'a' };
  expect(refusals(divider, divider).messages).toEqual([
    '[ERROR] `block_id` a already exists [json-pointer:/blocks/1/block_id]',
  ]);
  expect(errorOf({ blocks: [divider], attachments: [{ blocks: [divider] }] })).toEqual({
    code: 'invalid_attachments',
    messages: ['[ERROR] `block_id` a already exists [json-pointer:/attachments/0/blocks/0/block_id]'],
  });
});

it('names all that is wrong at once', () => {
  expect(refusals(section(''), { type: 'header', text: plain(long(151)) }, actions()).messages).toHaveLength(
    3,
  );
});

it('looks into attachments: their blocks, what stands beside them, and how many there are', () => {
  const coloured = { color: '#d00', fallback: 'x', blocks: [section('x')] };
  expect(errorOf({ attachments: [coloured] }).code).toBe('none');
  expect(errorOf({ attachments: [{ ...coloured, blocks: [section(long(3001))] }] })).toEqual({
    code: 'invalid_attachments',
    messages: ['[ERROR] must be less than 3001 characters [json-pointer:/attachments/0/blocks/0/text/text]'],
  });
  expect(errorOf({ attachments: [{ ...coloured, text: 'x' }] }).code).toBe('invalid_attachments');
  expect(errorOf({ attachments: [{ text: 'x', footer: 'y' }] }).code).toBe('none');
  expect(errorOf({ attachments: many(100, () => ({ text: 'x' })) }).code).toBe('none');
  expect(errorOf({ attachments: many(101, () => ({ text: 'x' })) }).code).toBe('too_many_attachments');
});

it('wants some content, and not too much', () => {
  expect(errorOf({}).code).toBe('no_text');
  expect(errorOf({ text: long(40_000) }).code).toBe('none');
  expect(errorOf({ text: long(40_001) }).code).toBe('msg_too_long');
  const frame = JSON.stringify([section('')]).length;
  expect(() => checkBlocksTogether([section(long(13_200 - frame))])).not.toThrow();
  expect(() => checkBlocksTogether([section(long(13_201 - frame))])).toThrow('msg_blocks_too_long');
});

it.each<[string, unknown, string]>([
  [
    'scalars and lists of objects',
    { event_type: 'a', event_payload: { n: 1, s: 'x', list: [{ a: true }] } },
    'none',
  ],
  ['no event_type', { event_payload: {} }, 'invalid_metadata_format'],
  ['no payload', { event_type: 'a' }, 'invalid_metadata_format'],
  ['null', { event_type: 'a', event_payload: { n: null } }, 'invalid_metadata_schema'],
  [
    'objects in objects',
    { event_type: 'a', event_payload: { n: { m: { o: 1 } } } },
    'invalid_metadata_schema',
  ],
  ['too much', { event_type: 'a', event_payload: { s: long(17_000) } }, 'metadata_too_large'],
])('metadata with %s: %s', (_what, metadata, code) => {
  expect(errorOf({ text: 'x', metadata }).code).toBe(code);
});
