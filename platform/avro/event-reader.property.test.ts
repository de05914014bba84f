import fc from 'fast-check';
import { expect, it } from 'vitest';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { drafts } from '../../test/support/traffic/records.ts';
import { NOW } from '../../test/support/traffic/times.ts';
import { loadConfig } from '../config/load.ts';
import { eventEncoder } from './event-encoder.ts';
import { eventReader } from './event-reader.ts';
import { AVRO_TOPICS, type AvroTopic, readEventSchemas } from './event-schemas.ts';
import { withSchemaId } from './wire-format.ts';

const schemas = readEventSchemas();
const handlers = topicHandlers(loadConfig({}));

/** What the processor makes of the same members in JSON, and in Avro by our own schema. */
function bothWays(topic: AvroTopic) {
  const handler = handlers.find((one) => one.topic === topic);
  if (handler === undefined) throw new Error(`nobody reads ${topic}`);
  const encode = eventEncoder(schemas[topic]);
  const read = eventReader(schemas[topic], JSON.stringify(schemas[topic]));
  return (members: Record<string, unknown>) => {
    const json = handler.decode(Buffer.from(JSON.stringify(members)), NOW);
    const avro = handler.decode(read(withSchemaId(7, encode(members))), NOW);
    return { json: eventIn(json), avro: eventIn(avro) };
  };
}

function eventIn(decoded: { kind: string; event?: unknown; type?: string; reason?: string }) {
  return decoded.kind === 'event' ? decoded.event : decoded;
}

/** Before the year 1: JSON has no date for it either. */
const BEFORE_CHRIST = '0000-01-01T00:00:00+09:00';
/** More microseconds than a number holds exactly. */
const NEVER = '9999-12-31T23:59:59.999999Z';

it('reads an order event in Avro as it reads the same one in JSON', () => {
  const both = bothWays('orders');
  const decode = handlers.find((one) => one.topic === 'orders')?.decode;
  let compared = 0;
  fc.assert(
    fc.property(drafts, (list) => {
      for (const { value } of list) {
        if (decode?.(value, NOW).kind !== 'event') continue;
        const members = JSON.parse(String(value).replace(/^\uFEFF/, '')) as Record<string, unknown>;
        if (members.created_at === BEFORE_CHRIST || members.promised_at === NEVER) continue;
        const { json, avro } = both(members);
        expect(avro).toEqual(json);
        compared += 1;
      }
    }),
    { numRuns: 100 },
  );
  expect(compared).toBeGreaterThan(300);
});

const id = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const time = fc
  .integer({ min: Date.parse('2001-01-01T00:00:00Z'), max: NOW / 1000 })
  .map((ms) => new Date(ms).toISOString());
const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const EVENTS: Readonly<Record<Exclude<AvroTopic, 'orders'>, Record<string, fc.Arbitrary<unknown>>>> = {
  payments: {
    ...{ order_id: id, event_type: fc.constantFrom('REGISTERED', 'FAILED'), occurred_at: time },
    ...{ event_id: optional(id), method: optional(id), amount: optional(amount), currency: optional(id) },
    ...{ installments: optional(fc.nat(12)), region: optional(id), reason: optional(id) },
  },
  deliveries: {
    ...{ order_id: id, event_type: fc.constantFrom('ASSIGNED', 'DELIVERED', 'LOST'), occurred_at: time },
    ...{ rider_id: optional(id), promised_at: optional(time), distance_km: optional(amount) },
    ...{ route_seconds: optional(fc.nat(9000)), restaurant_id: optional(id), region: optional(id) },
  },
  riders: {
    ...{ rider_id: id, event_type: fc.constantFrom('ONLINE', 'BUSY'), occurred_at: time },
    ...{ latitude: optional(amount), longitude: optional(amount), region: optional(id) },
  },
  restaurants: {
    ...{ restaurant_id: id, event_type: fc.constantFrom('REFUSED', 'HEARTBEAT'), occurred_at: time },
    ...{ latency_ms: optional(amount), prep_seconds: optional(amount), order_id: optional(id) },
    ...{ reason: optional(fc.constantFrom('STAFF_SHORT', 'NO_MOOD')), event_produced_at: optional(time) },
  },
  inventory: {
    ...{ product_id: id, event_type: fc.constantFrom('RECEIVED', 'SHIPPED', 'EATEN'), occurred_at: time },
    ...{ quantity: fc.integer({ min: -1, max: 9 }), unit_cost: optional(amount), source: optional(id) },
    ...{ seller_id: optional(id), warehouse_id: optional(id), event_id: optional(id) },
  },
  reviews: {
    ...{ order_id: id, occurred_at: time, score: fc.integer({ min: 0, max: 6 }) },
    ...{ title: optional(id), comment: optional(fc.string({ unit: 'grapheme' })), event_id: optional(id) },
  },
};

it.each(AVRO_TOPICS.filter((topic) => topic !== 'orders'))('and so it does an event of %s', (topic) => {
  const both = bothWays(topic);
  fc.assert(
    fc.property(fc.record(EVENTS[topic]), (members) => {
      const { json, avro } = both(members);
      expect(avro).toEqual(json);
    }),
    { numRuns: 500 },
  );
});
