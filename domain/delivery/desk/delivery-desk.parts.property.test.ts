import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DESK_SETTINGS, DeskStore, showTo } from '../../../test/support/delivery-desk.ts';
import { JOURNEYS_FROM, journeys, milestonesOf } from '../../../test/support/traffic/journeys.ts';
import { DAY } from '../../time/micros.ts';
import { LatenessModel } from '../risk/lateness-model.ts';
import { RouteBook } from '../routes/route-book.ts';
import { DeliveryDesk } from './delivery-desk.ts';

// With the routes and the model that it works with, of which it must not depend on more than it does on plain ones.

const history = journeys({ minLength: 30, maxLength: 60 }).map(milestonesOf);
const until = fc.integer({ min: 20, max: 90 }).map((days) => JOURNEYS_FROM + days * DAY);

function newDesk(): DeliveryDesk {
  return new DeliveryDesk(DESK_SETTINGS, { routes: new RouteBook(), lateness: new LatenessModel() });
}

it('never knows what comes later', { timeout: 60_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(history, until, (all, moment) => {
      const whole = showTo(newDesk(), all, JOURNEYS_FROM + 120 * DAY);
      const part = showTo(
        newDesk(),
        all.filter(({ at }) => at <= moment),
        moment,
      );
      expect(part.risks).toEqual(whole.risks.filter(({ assessedAt }) => assessedAt <= moment));
      expect(part.raised).toEqual(whole.raised.filter(({ openedAt }) => openedAt <= moment));
      expect(part.resolved).toEqual(whole.resolved.filter(({ at }) => at <= moment));
      compared += part.risks.length;
    }),
    { numRuns: 12 },
  );
  expect(compared).toBeGreaterThan(0);
});

it('does the same however often time moves', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 60 }), (all, hours) => {
      const once = new DeskStore();
      const end = JOURNEYS_FROM + 90 * DAY;
      const milestones = all.filter(({ at }) => at <= end);
      once.keep(showTo(newDesk(), milestones, end));

      const often = new DeskStore();
      const desk = newDesk();
      let done = 0;
      for (let now = JOURNEYS_FROM; now <= end; now += (hours * DAY) / 24) {
        while (done < milestones.length && milestones[done]!.at <= now) desk.observe(milestones[done++]!);
        desk.advance(now);
        often.keep(desk.changes());
      }
      often.keep(showTo(desk, milestones.slice(done), end));
      expect(often.contents()).toEqual(once.contents());
    }),
    { numRuns: 12 },
  );
});
