import { expect, it } from 'vitest';
import type { Click } from '../standin-types.ts';
import { actionOf, stateAfter } from './click-action.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: `Option ${value}` }, value });
const found = (element: object) => ({
  block: { type: 'actions', block_id: 'b' },
  element: { action_id: 'a', ...element } as { type: string; action_id: string },
  attachmentId: null,
});
const click = (more: Partial<Click> = {}): Click => ({
  user_id: 'U0KIM',
  block_id: 'b',
  action_id: 'a',
  ...more,
});

it('a button is what the app sent, whatever the click says', () => {
  const text = { type: 'plain_text', text: 'ACK' };
  const confirm = { title: text };
  const button = found({ type: 'button', text, value: '7', style: 'primary', confirm });
  const action = actionOf(button, click({ value: 'forged', selected_option: 'x' }));
  expect(action).toEqual({
    type: 'button',
    block_id: 'b',
    action_id: 'a',
    text,
    value: '7',
    style: 'primary',
    confirm,
  });
  expect(stateAfter(button, action)).toBeUndefined();
});

it('a choice is given by option or value, and is the whole option', () => {
  const menu = found({ type: 'overflow', options: [option('1'), option('2')] });
  expect(actionOf(menu, click({ selected_option: '2' }))).toMatchObject({ selected_option: option('2') });
  expect(actionOf(menu, click({ selected_option: { value: '1' } }))).toMatchObject({
    selected_option: option('1'),
  });
  expect(() => actionOf(menu, click({ selected_option: '3' }))).toThrow('a has no option "3".');
  expect(() => actionOf(menu, click())).toThrow('selected_option is missing: it is a overflow.');
  const grouped = found({ type: 'static_select', option_groups: [{ options: [option('1')] }] });
  const action = actionOf(grouped, click({ selected_option: '1' }));
  expect(stateAfter(grouped, action)).toEqual({ type: 'static_select', selected_option: option('1') });
});

it('boxes may all be empty, and other elements report what was chosen', () => {
  const boxes = found({ type: 'checkboxes', options: [option('1'), option('2')] });
  expect(actionOf(boxes, click())).toMatchObject({ selected_options: [] });
  expect(actionOf(boxes, click({ selected_options: ['1', '2'] }))).toMatchObject({
    selected_options: [option('1'), option('2')],
  });
  expect(actionOf(found({ type: 'plain_text_input' }), click({ value: 'text' }))).toMatchObject({
    value: 'text',
  });
  expect(actionOf(found({ type: 'users_select' }), click({ selected_user: 'U0LEE' }))).toMatchObject({
    selected_user: 'U0LEE',
  });
});
