import { expect, it } from 'vitest';
import { REASONS_BY_PRIORITY } from '../holds/reasons.ts';
import { holdAlert, positionAlert, rejectedRecordAlert } from './alert.ts';

const HOLD = {
  holdId: 7,
  orderId: 'o1',
  reason: 'FUL-FRAUD-USER',
  episode: 1,
  openedAt: 1_772_452_800_000_000,
  evidence: { user_id: 'U-17', product_id: 'p1' },
} as const;

it('is the same alert for the same hold, another for another episode, reason or order', () => {
  const keys = [
    HOLD,
    { ...HOLD, episode: 2 },
    { ...HOLD, reason: 'FUL-INV' as const },
    { ...HOLD, orderId: 'o2' },
  ].map((hold) => holdAlert(hold, null).dedupKey);
  expect(new Set(keys).size).toBe(4);
  expect(holdAlert({ ...HOLD, holdId: 8, openedAt: 5 }, null).dedupKey).toBe(keys[0]);
});

it('says which order is held and why, and puts suspected fraud first', () => {
  for (const reason of REASONS_BY_PRIORITY) {
    const alert = holdAlert({ ...HOLD, reason }, null);
    expect(alert).toMatchObject({
      kind: 'HOLD',
      orderId: 'o1',
      holdId: 7,
      logId: null,
      openedAt: HOLD.openedAt,
    });
    expect(alert.subject).toMatch(new RegExp(`^Order o1 is held \\(${reason}\\): .+`));
    expect(alert.severity).toBe(reason.startsWith('FUL-FRAUD') ? 'critical' : 'warning');
  }
});

it.each([
  ['FUL-FRAUD-USER', 'HOLD/FUL-FRAUD-USER/product/p1'],
  ['FUL-FRAUD-PROD', 'HOLD/FUL-FRAUD-PROD/product/p1'],
  ['FUL-INV', 'HOLD/FUL-INV/product/p1'],
  ['FUL-VALID', 'HOLD/FUL-VALID/region/Busan'],
  ['EXTERNAL', 'HOLD/EXTERNAL/region/Busan'],
] as const)('groups a storm of %s by what causes it', (reason, groupKey) => {
  expect(holdAlert({ ...HOLD, reason }, 'Busan').groupKey).toBe(groupKey);
});

it('has a group for what is not known, too', () => {
  expect(holdAlert({ ...HOLD, reason: 'FUL-VALID' }, null).groupKey).toBe('HOLD/FUL-VALID/region/');
  expect(holdAlert({ ...HOLD, evidence: {} }, 'Busan').groupKey).toBe('HOLD/FUL-FRAUD-USER/product/');
});

it('shows no personal data in its one line', () => {
  expect(holdAlert(HOLD, null).subject).not.toContain('U-17');
});

it('names the record that was rejected', () => {
  const position = { topic: 'orders', epoch: 2, partition: 3, offset: 44 };
  const alert = rejectedRecordAlert(position, { type: 'PARSE_ERROR', reason: 'no JSON', at: 5, logId: 9 });
  expect(alert).toEqual({
    dedupKey: 'record/orders/2/3/44',
    groupKey: 'EVENT/PARSE_ERROR/orders',
    kind: 'EVENT',
    severity: 'warning',
    subject: 'Record orders 3:44 was rejected (PARSE_ERROR)',
    evidence: { ...position, error_type: 'PARSE_ERROR', reason: 'no JSON' },
    openedAt: 5,
    orderId: null,
    holdId: null,
    logId: 9,
  });
});

it('names the range of offsets in doubt', () => {
  const alert = positionAlert(
    { topic: 'orders', epoch: 0, partition: 1 },
    'BELOW_RETENTION',
    { from: 4, to: 90 },
    1_000_000,
  );
  expect(alert).toMatchObject({
    groupKey: 'PIPELINE/BELOW_RETENTION/orders',
    kind: 'PIPELINE',
    severity: 'critical',
    evidence: { from: 4, to: 90, noticed_at: '1970-01-01T00:00:01.000000Z' },
  });
  expect(alert.subject).toContain('offsets 4 to 90');
  expect(alert.subject).toContain('deleted by retention');
});
