import { expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { checkView } from './view.ts';

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const divider = { type: 'divider' };
const input = { type: 'input', label: plain('Cause'), element: { type: 'plain_text_input' } };
const modal = (more: object = {}) => ({ type: 'modal', title: plain('Resolve'), blocks: [divider], ...more });
const home = (more: object = {}) => ({ type: 'home', blocks: [divider], ...more });

function problemsOf(view: unknown, type: 'modal' | 'home'): string[] {
  try {
    checkView(view, type);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.message === 'invalid_arguments' ? (error.extra.errors as string[]) : [error.message];
  }
}

it.each([
  [
    'a modal at its limits',
    modal({ title: plain(long(24)), submit: plain(long(24)), close: plain(long(24)) }),
  ],
  ['100 blocks', modal({ blocks: Array.from({ length: 100 }, () => divider) })],
  ['private_metadata of 3,000', modal({ private_metadata: long(3000), callback_id: long(255) })],
  ['an input with a submit button', modal({ blocks: [input], submit: plain('Resolve') })],
])('accepts %s', (_what, view) => {
  expect(problemsOf(view, 'modal')).toEqual([]);
});

it.each<[string, unknown, string]>([
  [
    'a long title',
    modal({ title: plain(long(25)) }),
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  ['no title', modal({ title: undefined }), 'missing required field: title [json-pointer:/view]'],
  [
    'a long submit',
    modal({ submit: plain(long(25)) }),
    'must be less than 25 characters [json-pointer:/view/submit/text]',
  ],
  [
    'a long close',
    modal({ close: plain(long(25)) }),
    'must be less than 25 characters [json-pointer:/view/close/text]',
  ],
  [
    '101 blocks',
    modal({ blocks: Array.from({ length: 101 }, () => divider) }),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  ['no blocks', modal({ blocks: undefined }), 'missing required field: blocks [json-pointer:/view]'],
  [
    'long private_metadata',
    modal({ private_metadata: long(3001) }),
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    'an input without a submit button',
    modal({ blocks: [input] }),
    'missing required field: submit (there is an input block) [json-pointer:/view]',
  ],
  [
    'a block for messages',
    modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
    'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
  ],
  ['an App Home', home(), 'must be modal [json-pointer:/view/type]'],
  ['no object', 'view', 'must be an object [json-pointer:/view]'],
])('refuses %s as a modal', (_what, view, problem) => {
  expect(problemsOf(view, 'modal')).toContain(problem);
});

it('an App Home needs no title, and its inputs no submit button', () => {
  expect(problemsOf(home({ blocks: [input] }), 'home')).toEqual([]);
  expect(problemsOf(modal(), 'home')).toEqual(['must be home [json-pointer:/view/type]']);
});

it('refuses a view of more than 250 kB', () => {
  const section = { type: 'section', text: plain(long(2990)) };
  const blocks = Array.from({ length: 90 }, () => section);
  expect(problemsOf(modal({ blocks }), 'modal')).toEqual(['view_too_large']);
});
