import type { AnyBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { missingInputs, valuesOf } from './form-values.ts';

const option = (value: string) => ({ text: { type: 'plain_text' as const, text: value }, value });
const label = { type: 'plain_text' as const, text: 'Label' };

const blocks: AnyBlock[] = [
  { type: 'section', block_id: 's', text: { type: 'mrkdwn', text: 'text' } },
  {
    type: 'input',
    block_id: 'cause',
    label,
    element: {
      type: 'static_select',
      action_id: 'c',
      options: [option('a'), option('b')],
      initial_option: option('b'),
    },
  },
  { type: 'input', block_id: 'note', label, element: { type: 'plain_text_input', action_id: 'n' } },
  {
    type: 'input',
    block_id: 'also',
    label,
    optional: true,
    element: { type: 'checkboxes', action_id: 'o', options: [option('x')] },
  },
];

describe('valuesOf', () => {
  it('takes initial values of what was not touched', () => {
    expect(valuesOf(blocks, {}, {})).toEqual({
      cause: { c: { type: 'static_select', selected_option: option('b') } },
      note: { n: { type: 'plain_text_input', value: null } },
      also: { o: { type: 'checkboxes', selected_options: [] } },
    });
  });

  it('prefers what was typed to what the stand-in knows', () => {
    const typed = { note: { n: { type: 'plain_text_input', value: 'now' } } };
    const stored = {
      note: { n: { type: 'plain_text_input', value: 'before' } },
      cause: { c: { type: 'static_select', selected_option: option('a') } },
    };
    const values = valuesOf(blocks, typed, stored);
    expect(values.note?.n?.value).toBe('now');
    expect(values.cause?.c?.selected_option?.value).toBe('a');
  });
});

it('asks for inputs that are empty and not optional', () => {
  expect(Object.keys(missingInputs(blocks, valuesOf(blocks, {}, {})))).toEqual(['note']);
  const typed = { note: { n: { type: 'plain_text_input', value: 'x' } } };
  expect(missingInputs(blocks, valuesOf(blocks, typed, {}))).toEqual({});
});
