import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../domain/alerts/alert.ts';
import type { NewLogRow } from '../sql/read-new-alerts.ts';
import { MOST_MEMBERS, planMessages } from './plan-messages.ts';

const channels = {
  EVENT: '#e',
  HOLD: '#h',
  ANOMALY: '#e',
  INVENTORY: '#e',
  DELIVERY: '#e',
  PIPELINE: '#e',
} as const;
const none = { groups: [], singles: [], channels, groupFrom: 3 };

const alert = (logId: number, groupKey = 'k', severity: Severity = 'warning'): NewLogRow => ({
  logId,
  alertId: logId,
  kind: 'HOLD',
  severity,
  groupKey,
});

describe('planMessages', () => {
  it('leaves few alone', () => {
    expect(planMessages({ ...none, alerts: [alert(1), alert(2)] })).toEqual({
      messages: [
        { kind: 'HOLD', home: '#h', urgency: 1, groupKey: null, stormKey: 'k', logIds: [1] },
        { kind: 'HOLD', home: '#h', urgency: 1, groupKey: null, stormKey: 'k', logIds: [2] },
      ],
      joins: [],
      absorbed: [],
    });
  });

  it('puts many together', () => {
    const plan = planMessages({ ...none, alerts: [alert(1), alert(2), alert(3)] });
    expect(plan.messages).toEqual([
      { kind: 'HOLD', home: '#h', urgency: 1, groupKey: 'k', stormKey: null, logIds: [1, 2, 3] },
    ]);
  });

  it('counts those that wait alone, and takes them in', () => {
    const singles = [7, 8].map((messageId) => ({
      messageId,
      groupKey: 'k',
      home: '#h',
      urgency: 1,
      logId: messageId - 6,
    }));
    const plan = planMessages({ ...none, singles, alerts: [alert(3)] });
    expect(plan.absorbed).toEqual([7, 8]);
    expect(plan.messages).toMatchObject([{ groupKey: 'k', logIds: [1, 2, 3] }]);
  });

  it('joins a group, as long as it has room', () => {
    const groups = [{ messageId: 9, groupKey: 'k', home: '#h', urgency: 1, members: MOST_MEMBERS - 1 }];
    const plan = planMessages({ ...none, groups, alerts: [alert(1), alert(2)] });
    expect(plan.joins).toEqual([{ messageId: 9, logIds: [1] }]);
    expect(plan.messages).toMatchObject([{ groupKey: null, logIds: [2] }]);
  });

  it('does not hide what is worse in a group of what is not', () => {
    const groups = [{ messageId: 9, groupKey: 'k', home: '#h', urgency: 1, members: 3 }];
    const plan = planMessages({ ...none, groups, alerts: [alert(1, 'k', 'critical')] });
    expect(plan.joins).toEqual([]);
    expect(plan.messages).toMatchObject([{ urgency: 0 }]);
  });

  it('joins none of another channel or key', () => {
    const groups = [
      { messageId: 8, groupKey: 'k', home: '#old', urgency: 1, members: 3 },
      { messageId: 9, groupKey: 'other', home: '#h', urgency: 1, members: 3 },
    ];
    expect(planMessages({ ...none, groups, alerts: [alert(1)] }).joins).toEqual([]);
  });

  it('never groups alerts without a key', () => {
    const alerts = [1, 2, 3, 4].map((logId) => alert(logId, ''));
    const { messages } = planMessages({ ...none, alerts });
    expect(messages).toHaveLength(4);
    expect(messages.every(({ groupKey, stormKey }) => groupKey === null && stormKey === null)).toBe(true);
  });

  it('gives each alert exactly one place', () => {
    const severity = fc.constantFrom<Severity>('critical', 'warning', 'info');
    const input = fc.record({
      alerts: fc.array(fc.tuple(fc.constantFrom('', 'a', 'b'), severity), { maxLength: 40 }),
      groups: fc.array(
        fc.record({
          groupKey: fc.constantFrom('a', 'b'),
          urgency: fc.integer({ min: 0, max: 2 }),
          members: fc.integer({ min: MOST_MEMBERS - 5, max: MOST_MEMBERS }),
        }),
        { maxLength: 3 },
      ),
      singles: fc.array(
        fc.record({ groupKey: fc.constantFrom('a', 'b'), urgency: fc.integer({ min: 0, max: 2 }) }),
        { maxLength: 5 },
      ),
      groupFrom: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(input, ({ alerts, groups, singles, groupFrom }) => {
        const plan = planMessages({
          channels,
          groupFrom,
          alerts: alerts.map(([key, of], i) => alert(1000 + i, key, of)),
          groups: groups.map((group, i) => ({ ...group, messageId: i, home: '#h' })),
          singles: singles.map((single, i) => ({ ...single, messageId: 100 + i, home: '#h', logId: i })),
        });
        const placed = [...plan.messages, ...plan.joins].flatMap(({ logIds }) => logIds);
        const absorbed = plan.absorbed.map((messageId) => messageId - 100);
        expect(placed.toSorted((a, b) => a - b)).toEqual([
          ...absorbed.toSorted((a, b) => a - b),
          ...alerts.map((_, i) => 1000 + i),
        ]);
        for (const { messageId, logIds } of plan.joins)
          expect(groups[messageId]!.members + logIds.length).toBeLessThanOrEqual(MOST_MEMBERS);
        for (const { groupKey, logIds } of plan.messages)
          if (groupKey === null) expect(logIds).toHaveLength(1);
      }),
    );
  });
});
