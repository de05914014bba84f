import { describe, expect, it } from 'vitest';
import { decodePayment } from './decode-payment.ts';

const NOW = 1_772_409_600_000_000;
const SAID = { order_id: 'o1', event_type: 'APPROVED', occurred_at: '2026-03-02T09:00:00+09:00' };

describe('decodePayment', () => {
  it('reads all members', () => {
    const payment = decodePayment(
      {
        ...{ ...SAID, event_id: 'e1', method: 'boleto', amount: 9.9, currency: 'BRL', installments: 0 },
        ...{ region: 'Mapo-gu', reason: 'DECLINED' },
      },
      NOW,
    );
    expect(payment).toMatchObject({
      ...{ orderId: 'o1', eventType: 'APPROVED', occurredAt: NOW, eventId: 'e1' },
      ...{ method: 'boleto', amount: 9.9, currency: 'BRL', installments: 0 },
      ...{ region: 'Mapo-gu', reason: 'DECLINED' },
    });
  });

  it('is the same event when it is sent again, and another when anything else is said', () => {
    const hashOf = (more: Record<string, unknown>) => decodePayment({ ...SAID, ...more }, NOW).contentHash;
    const same = hashOf({ event_produced_at: '2026-03-02T00:00:01Z', occurred_at: '2026-03-02T00:00:00Z' });
    expect(same).toBe(hashOf({}));
    const others = [{ amount: 1 }, { method: 'x' }, { installments: 1 }, { event_type: 'FAILED' }];
    const newer = [{ region: 'x' }, { reason: 'x' }];
    expect(new Set([{}, ...others, ...newer].map(hashOf)).size).toBe(7);
  });

  it('has the identity that payments without region and reason were stored with', () => {
    expect(decodePayment(SAID, NOW).contentHash).toBe(1_111_195_530_287_475);
  });

  it.each([
    [{ order_id: '' }, 'SCHEMA_MISSING', 'order_id is missing'],
    [
      { event_type: 'PAID' },
      'SCHEMA_INVALID',
      'event_type must be one of REGISTERED, APPROVED, FAILED, REFUND_REQUESTED, REFUNDED, not "PAID"',
    ],
    [{ installments: -1 }, 'SCHEMA_INVALID', 'installments must be a whole number of at least 0'],
    [{ amount: '9.90' }, 'SCHEMA_INVALID', 'amount must be a number, not a string'],
    [{ occurred_at: '2026-03-04T00:00:00Z' }, 'SCHEMA_INVALID', 'more than 24 h ahead'],
  ])('refuses %j', (more, type, reason) => {
    expect(() => decodePayment({ ...SAID, ...more }, NOW)).toThrow(expect.objectContaining({ type }));
    expect(() => decodePayment({ ...SAID, ...more }, NOW)).toThrow(reason);
  });
});
