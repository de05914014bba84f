import { expect, it } from 'vitest';
import { valuesOf } from './element-values.ts';
import { findElement, withIds } from './elements.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
const input = (block_id: string, element: object) => ({ type: 'input', block_id, element });
const blocks = [
  input('note', { type: 'plain_text_input', action_id: 'text', initial_value: 'as it was' }),
  input('cause', { type: 'static_select', action_id: 'one', options: [option('a'), option('b')] }),
  input('more', { type: 'checkboxes', action_id: 'some', options: [option('a'), option('b')] }),
  { type: 'actions', block_id: 'act', elements: [{ type: 'button', action_id: 'go' }] },
];

it('begins with the initial values, and has none for buttons', () => {
  expect(valuesOf({ blocks })).toEqual({
    note: { text: { type: 'plain_text_input', value: 'as it was' } },
    cause: { one: { type: 'static_select', selected_option: null } },
    more: { some: { type: 'checkboxes', selected_options: [] } },
  });
});

it('takes what is known, completes options, and drops what belongs to no element', () => {
  const known = {
    note: { text: { type: 'plain_text_input', value: 'new' } },
    cause: { one: { type: 'static_select', selected_option: { value: 'b' } } },
    more: { some: { type: 'checkboxes', selected_options: [{ value: 'a' }] } },
    act: { go: { type: 'button', value: 'x' } },
    gone: { text: { type: 'plain_text_input', value: 'x' } },
  };
  expect(valuesOf({ blocks }, known)).toEqual({
    note: { text: { type: 'plain_text_input', value: 'new' } },
    cause: { one: { type: 'static_select', selected_option: option('b') } },
    more: { some: { type: 'checkboxes', selected_options: [option('a')] } },
  });
});

it('gives ids where there are none, to a copy, and leaves the others', () => {
  const sent = [
    { type: 'actions', elements: [{ type: 'button' }, { type: 'button', action_id: 'mine' }] },
    { type: 'context', elements: [{ type: 'image' }] },
  ];
  const [actions, context] = withIds(sent) as { block_id?: string; elements: { action_id?: string }[] }[];
  expect(actions?.block_id).toMatch(/^.{5}$/);
  expect(actions?.elements.map(({ action_id }) => action_id)).toEqual([
    expect.stringMatching(/^.{5}$/),
    'mine',
  ]);
  expect(context?.elements).toEqual([{ type: 'image' }]);
  expect(sent[0]).toEqual({
    type: 'actions',
    elements: [{ type: 'button' }, { type: 'button', action_id: 'mine' }],
  });
});

it('finds elements in attachments and says in which', () => {
  const content = { blocks: [], attachments: [{ text: 'x' }, { blocks }] };
  expect(findElement(content, 'act', 'go')?.attachmentId).toBe(2);
  expect(findElement({ blocks }, 'act', 'go')?.attachmentId).toBeNull();
  expect(findElement({ blocks }, 'note', 'go')).toBeUndefined();
});
