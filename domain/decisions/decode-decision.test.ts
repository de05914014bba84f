import { expect, it } from 'vitest';
import { decodeDecision } from './decode-decision.ts';

const AT = Date.parse('2026-03-02T00:30:00Z') * 1000;
/** An order id of the longest kind, so that the event id is longer than ids may be. */
const ORDER = 'o'.repeat(200);
const RELEASE = {
  event_type: 'HOLD_CLEARED',
  event_id: `decision/FUL-VALID/1/${ORDER}`,
  order_id: ORDER,
  reason_code: 'FUL-VALID',
  episode: 1,
  occurred_at: '2026-03-02T00:30:00.000000Z',
  opened_at: '2026-03-02T00:00:00.000000Z',
  evidence: { problems: ['user_id is missing'] },
  decided_by: 'kim',
  source: 'slack',
  note: null,
  alert_id: 7,
};

it('reads a release as an event that changes no status and clears nobody else’s hold', () => {
  expect(decodeDecision(RELEASE, AT)).toMatchObject({
    reason: 'FUL-VALID',
    episode: 1,
    status: 'CLEARED',
    openedAt: AT - 1_800_000_000,
    evidence: RELEASE.evidence,
    decidedBy: 'kim',
    source: 'slack',
    note: null,
    event: {
      orderId: ORDER,
      eventId: RELEASE.event_id,
      eventType: 'HOLD_CLEARED',
      occurredAt: AT,
      status: null,
      holdSignal: null,
      known: true,
    },
  });
});

it('reads a cancellation as the end of the order', () => {
  const decision = decodeDecision({ ...RELEASE, event_type: 'CANCELED' }, AT);
  expect(decision).toMatchObject({
    status: 'CANCELED',
    event: { status: 'CANCELED', eventType: 'CANCELED' },
  });
});

it('is the same fact however often it is told, and another one for another hold', () => {
  const hash = (members: Record<string, unknown>) => decodeDecision(members, AT)?.event.contentHash;
  expect(hash({ ...RELEASE, note: 'later' })).toBe(hash(RELEASE));
  expect(hash({ ...RELEASE, event_id: 'decision/FUL-INV/1/o1' })).not.toBe(hash(RELEASE));
});

it.each([
  { ...RELEASE, event_type: 'HOLD_OPENED' },
  { ...RELEASE, decided_by: undefined },
  { event_type: 'ANYTHING' },
])('passes over what is no decision: %j', (members) => {
  expect(decodeDecision(members, AT)).toBeNull();
});

it.each([
  ['event_type', undefined, 'event_type is missing'],
  ['event_id', '', 'event_id is missing'],
  ['order_id', undefined, 'order_id is missing'],
  ['reason_code', 'FUL-OTHER', 'reason_code must be one of FUL-VALID'],
  ['episode', 0, 'episode must be a whole number'],
  ['occurred_at', '2026-03-04T00:30:00Z', 'more than 24 h ahead'],
  ['opened_at', '1999-01-01T00:00:00Z', 'opened_at 1999-01-01T00:00:00.000000Z is before 2000'],
  ['source', 'mail', 'source must be one of slack, api, auto'],
  ['evidence', [1], 'evidence must be an object'],
  ['note', 7, 'note must be a string'],
])('refuses a decision whose %s is %j', (name, value, reason) => {
  expect(() => decodeDecision({ ...RELEASE, [name]: value }, AT)).toThrow(reason);
});
