import type { KnownBlock, ModalView } from '@slack/types';
import { expect, it } from 'vitest';
import { recordingApp } from '../testing/recording-app.ts';
import { errorOf, standinForTest } from '../testing/standin-for-test.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const note: KnownBlock = {
  type: 'input',
  block_id: 'note',
  label: plain('Note'),
  element: { type: 'plain_text_input', action_id: 'text' },
};
const again: KnownBlock = {
  type: 'actions',
  block_id: 'act',
  elements: [{ type: 'button', action_id: 'again', text: plain('Again') }],
};
const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Go'),
  blocks: [note, again],
  ...more,
});

/** A stand-in, and a way to a fresh trigger of U0KIM. */
async function withTriggers() {
  const { standin, web } = await standinForTest();
  const app = await recordingApp(standin);
  const trigger = async () => {
    await standin.command({ user_id: 'U0KIM', channel: 'C0SRE', command: '/holdfast', text: '' });
    return app.trigger();
  };
  const open = async (view = modal()) => {
    const opened = await web.views.open({ trigger_id: await trigger(), view });
    return opened.view ?? expect.fail('no view');
  };
  return { standin, web, app, trigger, open };
}

it('opens for whom the trigger was issued, and a refused view leaves the trigger good', async () => {
  const { standin, web, trigger } = await withTriggers();
  const trigger_id = await trigger();
  const tooLong = modal({ title: plain('x'.repeat(25)) });
  expect(await errorOf(web.views.open({ trigger_id, view: tooLong }))).toBe('invalid_arguments');
  const { view } = await web.views.open({ trigger_id, view: modal({ private_metadata: 'alert 7' }) });
  expect(view).toMatchObject({ private_metadata: 'alert 7', previous_view_id: null, root_view_id: view?.id });
  expect(standin.state().views).toMatchObject([{ id: view?.id, user_id: 'U0KIM' }]);
  expect(await errorOf(web.views.open({ trigger_id, view: modal() }))).toBe('exchanged_trigger_id');
});

it('updates by id or external id, keeps what was typed, and notices an old hash', async () => {
  const { standin, web, open } = await withTriggers();
  const { id: view_id = '', hash = '' } = await open(modal({ external_id: 'alert-7' }));
  await standin.submitView({
    user_id: 'U0KIM',
    view_id,
    values: { note: { text: { type: 'plain_text_input', value: 'typed' } } },
  });
  expect(standin.state().views).toEqual([]);
  expect(await errorOf(web.views.update({ view_id, view: modal() }))).toBe('not_found');

  const { id = '' } = await open(modal({ external_id: 'alert-7' }));
  const values = { note: { text: { type: 'plain_text_input', value: 'typed' } } };
  await standin.act({ user_id: 'U0KIM', view_id: id, block_id: 'act', action_id: 'again', values });
  const view = modal({ title: plain('Changed'), external_id: 'alert-7' });
  const updated = await web.views.update({ external_id: 'alert-7', view });
  expect(updated.view).toMatchObject({ id, title: { text: 'Changed' }, state: { values } });
  expect(await errorOf(web.views.update({ view_id: id, hash, view }))).toBe('hash_conflict');
  await web.views.update({ view_id: id, hash: updated.view?.hash ?? '', view });
});

it('stacks three views, refuses a fourth, and closes them one by one or all', async () => {
  const { standin, web, app, trigger, open } = await withTriggers();
  expect(await errorOf(web.views.push({ trigger_id: await trigger(), view: modal() }))).toBe('not_found');
  const { id: root = '' } = await open(modal({ external_id: 'a' }));
  const push = async (more: Partial<ModalView>) =>
    web.views.push({ trigger_id: await trigger(), view: modal(more) });
  expect(await errorOf(push({ external_id: 'a' }))).toBe('duplicate_external_id');
  const second = await push({ notify_on_close: true });
  expect(second.view).toMatchObject({ root_view_id: root, previous_view_id: root });
  const third = await push({});
  expect(await errorOf(push({}))).toBe('push_limit_reached');

  const before = app.received.length;
  expect(await standin.closeView('U0KIM', third.view?.id ?? '')).toBeNull();
  expect(app.received).toHaveLength(before);
  await standin.closeView('U0KIM', second.view?.id ?? '');
  expect(app.received.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: false });
  await push({ clear_on_close: true });
  await standin.closeView('U0KIM', standin.state().views.at(-1)?.id ?? '');
  expect(standin.state().views).toEqual([]);
});

it('publishes homes, whose buttons work', async () => {
  const { standin, web, app } = await withTriggers();
  const publish = (more: object = {}) =>
    web.views.publish({ user_id: 'U0LEE', view: { type: 'home', blocks: [again] }, ...more });
  const { view } = await publish();
  const hash = view?.hash ?? '';
  await publish({ hash });
  expect(await errorOf(publish({ hash }))).toBe('hash_conflict');
  expect(await errorOf(publish({ user_id: 'U0NONE' }))).toBe('invalid_arguments');
  const view_id = standin.state().homes.U0LEE?.id ?? '';
  const click = { view_id, block_id: 'act', action_id: 'again' };
  await standin.act({ user_id: 'U0LEE', ...click });
  expect(app.received.at(-1)).toMatchObject({ container: { type: 'view', view_id }, view: { type: 'home' } });
  await expect(standin.act({ user_id: 'U0KIM', ...click })).rejects.toMatchObject({ code: 'view_not_found' });
});
