import { json, type PoisonClass, type PoisonContext, soundEvent, spoiled } from './poison-context.ts';

/** Sound JSON that is no sound event. */
export const SCHEMA: readonly PoisonClass[] = [
  { class: 'not-an-object', expected: 'SCHEMA_INVALID', weight: 2, make: notAnObject },
  { class: 'empty-object', expected: 'SCHEMA_MISSING', make: () => json({}) },
  missing('missing-order-id', 'order_id'),
  missing('missing-event-type', 'event_type'),
  missing('missing-occurred-at', 'occurred_at'),
  wrongType('wrong-type-order-id', 'order_id'),
  wrongType('wrong-type-event-type', 'event_type'),
  wrongType('wrong-type-occurred-at', 'occurred_at'),
  { class: 'wrong-type-other', expected: 'SCHEMA_INVALID', make: wrongTypeElsewhere },
  { class: 'unreadable-time', expected: 'SCHEMA_INVALID', weight: 2, make: unreadableTime },
  { class: 'before-2000', expected: 'SCHEMA_INVALID', make: before2000 },
  { class: 'far-ahead', expected: 'SCHEMA_INVALID', make: farAhead },
  { class: 'id-too-long', expected: 'SCHEMA_INVALID', weight: 0.5, make: idTooLong },
];

/** Sound events of orders that must be held. */
export const HELD: readonly PoisonClass[] = [
  {
    class: 'no-user',
    expected: 'FUL-VALID',
    make: (context) => spoiled(context, { user_id: context.rng.pick([undefined, null, '']) }),
  },
  {
    class: 'no-address',
    expected: 'FUL-VALID',
    make: (context) =>
      spoiled(context, {
        shipping_address: context.rng.pick([undefined, null, '', '  \t ', '서울', '부산 ']),
      }),
  },
  {
    class: 'placeholder-address',
    expected: 'FUL-VALID',
    make: (context) =>
      spoiled(context, {
        shipping_address: context.rng.pick([
          'unknown',
          'UNKNOWN,NULL',
          '서울특별시 ? 양화로',
          '부산광역시, null',
          'Seoul, Unknown ,1',
        ]),
      }),
  },
];

function notAnObject({ rng, orderId }: PoisonContext): Buffer {
  return json(
    rng.pick<unknown>([[], [{ order_id: orderId }], orderId, '', 42, -0.5, true, false, null, [null]]),
  );
}

function missing(name: string, member: string): PoisonClass {
  return {
    class: name,
    expected: 'SCHEMA_MISSING',
    make: (context) => spoiled(context, { [member]: context.rng.pick([undefined, null, '']) }),
  };
}

function wrongType(name: string, member: string): PoisonClass {
  return {
    class: name,
    expected: 'SCHEMA_INVALID',
    make: (context) =>
      spoiled(context, {
        [member]: context.rng.pick<unknown>([
          7,
          1_772_323_800_000,
          1.5,
          true,
          false,
          [],
          ['x'],
          {},
          { $oid: 'x' },
        ]),
      }),
  };
}

function wrongTypeElsewhere(context: PoisonContext): Buffer {
  const [member, value] = context.rng.pick<[string, unknown]>([
    ['quantity', 'two'],
    ['quantity', 0],
    ['quantity', -1],
    ['quantity', 1.5],
    ['quantity', 1e12],
    ['amount', '12,000'],
    ['amount', 1e300],
    ['user_id', 1234],
    ['shipping_address', { line: 'x' }],
    ['promised_at', 'tomorrow'],
    ['created_at', 1],
    ['event_id', 17],
  ]);
  return spoiled(context, { [member]: value });
}

function unreadableTime(context: PoisonContext): Buffer {
  const texts = [
    'now',
    'yesterday',
    '2026-13-45T25:61:61Z',
    '2026-02-30T00:00:00Z',
    '01/02/2026 10:00',
    '1772323800',
    'T',
    '2026년 3월 1일',
  ];
  return spoiled(context, { occurred_at: context.rng.pick(texts) });
}

function before2000(context: PoisonContext): Buffer {
  const texts = [
    '1999-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2000-01-01T08:59:59+09:00',
  ];
  return spoiled(context, { occurred_at: context.rng.pick(texts) });
}

/** Years ahead: a run may tell of the past, and the processor compares with its own clock. */
function farAhead(context: PoisonContext): Buffer {
  return spoiled(context, {
    occurred_at: context.rng.pick(['9999-12-31T23:59:59Z', '2999-01-01T00:00:00+09:00']),
  });
}

function idTooLong(context: PoisonContext): Buffer {
  return json({ ...soundEvent(context), order_id: context.orderId.padEnd(context.rng.int(201, 4_000), 'X') });
}
