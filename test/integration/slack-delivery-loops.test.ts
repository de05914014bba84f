import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startDelivery } from '../../alertbot/delivery/delivery.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { type DeliveryRig, deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { eventually } from '../support/eventually.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

/** The loops as the alertbot runs them, with the wall clock. */
function running(rig: DeliveryRig): { stop(): Promise<void>; metrics(): Promise<string> } {
  const { context } = rig.parts;
  context.registry.clear();
  const delivery = startDelivery({ ...context, clock: systemClock });
  onTestFinished(() => delivery.stop());
  return { stop: () => delivery.stop(), metrics: () => context.registry.metrics() };
}

it('delivers alerts and what is done to them', async () => {
  const rig = await deliveryRig(database, { standin: { now: Date.now } });
  const { metrics } = running(rig);
  const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
  const message = await eventually('the message', () => rig.messages()[0]);
  await act(database, 'ACK', [alertId!], systemClock.now());
  await eventually('the update', () => rig.messages()[0]?.text.includes('ACK'));
  await eventually('the entry in the thread', () => rig.replies(message)[0]);
  const text = await eventually('all to be marked', async () => {
    const exposed = await metrics();
    return /holdfast_slack_messages_sent_total\{kind="reply"\} 1/.test(exposed) && exposed;
  });
  expect(text).toContain('holdfast_slack_messages_sent_total{kind="single"} 1');
  expect(text).toContain('holdfast_slack_requests_total{method="chat.update",outcome="ok"} 1');
  expect(text).toContain('holdfast_slack_outbox_depth{state="pending"} 0');
  expect(text).toContain('holdfast_slack_oldest_pending_seconds 0');
});

it('a channel that hangs, and one that is limited, stall no other', async () => {
  const settings = { SLACK_CHANNEL_HOLD: '#sre', SLACK_CHANNEL_EVENT: '#holdfast-fallback' };
  const rig = await deliveryRig(database, { settings, standin: { now: Date.now } });
  rig.standin.faults.set({ kind: 'latency', ms: 9000, channel: '#holdfast' });
  rig.standin.faults.set({ kind: 'ratelimited', retry_after: 60, channel: '#holdfast-fallback' });
  await raise(database, [{ dedupKey: 'hangs' }, { dedupKey: 'limited', kind: 'EVENT' }]);
  const { metrics } = running(rig);
  await eventually('both to be under way', () => {
    const calls = rig.standin.state().calls.map(({ outcome }) => outcome);
    return calls.includes('ratelimited');
  });
  const raisedAt = performance.now();
  await raise(database, [{ dedupKey: 'free', kind: 'HOLD' }]);
  await eventually('the message', () => rig.messages('C0SRE')[0], { everyMs: 20 });
  expect(performance.now() - raisedAt).toBeLessThan(6000);
  expect(rig.messages('C0HOLDFAST')).toEqual([]);
  expect(await metrics()).toMatch(/holdfast_slack_oldest_pending_seconds (?!0\n)/);
});

it('stops within seconds while Slack hangs, and what was under way arrives once', async () => {
  const rig = await deliveryRig(database, { standin: { now: Date.now } });
  rig.standin.faults.set({ id: 'slow', kind: 'latency', ms: 8000, method: 'chat.postMessage', remaining: 1 });
  await raise(database, [{ dedupKey: 'one' }, { dedupKey: 'two' }]);
  const { stop } = running(rig);
  await eventually('the call', async () => (await logOf(database)).some(({ state }) => state === 'sending'));
  const stoppedAt = performance.now();
  await stop();
  await stop();
  expect(performance.now() - stoppedAt).toBeLessThan(7000);
  running(rig);
  await eventually('both messages', async () =>
    (await logOf(database)).every(({ state }) => state === 'sent'),
  );
  expect(rig.messages()).toHaveLength(2);
});
