import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareText, distinctEvents } from '../../test/support/oracle/event-order.ts';
import { orderRows } from '../../test/support/oracle/order-rows.ts';
import { validationHolds } from '../../test/support/oracle/validation-holds.ts';
import { delivery } from '../../test/support/traffic/records.ts';
import { shuffled, split } from '../../test/support/traffic/shuffle.ts';
import { acceptedEvents, rowOf } from '../../test/support/traffic/states.ts';
import type { OrderEvent } from './event.ts';
import { foldEvent, type OrderState, startOrder } from './fold.ts';

/** Folds batch by batch; between batches a state is text, as it is in the database. */
function foldAll(batches: readonly OrderEvent[][]): Map<string, OrderState> {
  let states = new Map<string, OrderState>();
  for (const batch of batches) {
    for (const event of batch) {
      const state = states.get(event.orderId);
      if (state === undefined) states.set(event.orderId, startOrder(event));
      else foldEvent(state, event);
    }
    states = new Map(JSON.parse(JSON.stringify([...states])) as [string, OrderState][]);
  }
  return states;
}

it('gives the same state for every order, repetition and split of the same events', () => {
  fc.assert(
    fc.property(acceptedEvents, delivery, fc.nat(), (events, { seed, longestBatch }, again) => {
      const repeated = shuffled([...events, ...shuffled(events, again).slice(0, again % 20)], seed);
      const folded = foldAll(split(repeated, seed, longestBatch));
      expect(Object.fromEntries(folded)).toEqual(Object.fromEntries(foldAll([events])));
    }),
    { numRuns: 500 },
  );
});

it('equals the order and the FUL-VALID hold of the brute-force oracle', () => {
  fc.assert(
    fc.property(acceptedEvents, delivery, (events, { seed, longestBatch }) => {
      const folded = foldAll(split(shuffled(events, seed), seed, longestBatch));
      const states = [...folded.values()].sort((a, b) => compareText(a.orderId, b.orderId));
      const distinct = distinctEvents(events);
      expect(states.map(rowOf)).toEqual(orderRows(distinct));
      const holds = validationHolds(distinct).map((hold) => [hold.order_id, hold.opened_at]);
      const invalid = states.flatMap((state) =>
        state.invalid ? [[state.orderId, state.invalid.version[0]]] : [],
      );
      expect(invalid).toEqual(holds.sort(([a], [b]) => compareText(String(a), String(b))));
    }),
    { numRuns: 500 },
  );
});
