import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctEvents } from '../../test/support/oracle/event-order.ts';
import { externalHolds } from '../../test/support/oracle/external-holds.ts';
import { shuffled } from '../../test/support/traffic/shuffle.ts';
import { acceptedEvents } from '../../test/support/traffic/states.ts';
import type { OrderEvent } from '../order/event.ts';
import { versionOf } from '../order/event-order.ts';
import { externalEpisodes, type HoldToggle } from './external-episodes.ts';

function togglesOf(events: readonly OrderEvent[]): HoldToggle[] {
  return events.flatMap((event) =>
    event.holdSignal === null
      ? []
      : [
          {
            version: versionOf(event),
            signal: event.holdSignal,
            reasonCode: event.reasonCode,
            eventId: event.eventId,
          },
        ],
  );
}

/** The signals of one order, which is where they matter. */
const signals = acceptedEvents
  .map((events) => distinctEvents(events).filter((event) => event.holdSignal !== null))
  .map((events) => events.filter((event) => event.orderId === events[0]?.orderId));

it('are those of the brute-force oracle, in any order and repetition', () => {
  fc.assert(
    fc.property(signals, fc.nat(), (events, seed) => {
      const episodes = externalEpisodes(togglesOf(shuffled([...events, ...events.slice(0, seed % 3)], seed)));
      expect(
        episodes.map((one) => [one.episode, one.openedAt, one.closedAt, { reason_code: one.reasonCode }]),
      ).toEqual(
        externalHolds(events).map((hold) => [hold.episode, hold.opened_at, hold.closed_at, hold.evidence]),
      );
    }),
    { numRuns: 1_000 },
  );
});

it('never disappear, reopen or move to a later time when an event comes late', () => {
  fc.assert(
    fc.property(signals, fc.nat(), (events, size) => {
      const all = externalEpisodes(togglesOf(events));
      for (const before of externalEpisodes(
        togglesOf(shuffled(events, size).slice(0, size % (events.length + 1))),
      )) {
        const after = all[before.episode - 1];
        expect(after?.openedAt).toBeLessThanOrEqual(before.openedAt);
        if (before.closedAt !== null)
          expect(after?.closedAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(before.closedAt);
      }
    }),
    { numRuns: 1_000 },
  );
});
