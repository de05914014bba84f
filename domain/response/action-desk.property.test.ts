import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DeskRun } from '../../test/support/response/desk-run.ts';
import {
  ADJUST,
  incident,
  policy,
  rule,
  STEP,
  verdict,
} from '../../test/support/response/made-up-incidents.ts';
import type { Cause } from '../causes/cause.ts';
import { HOUR, type Micros } from '../time/micros.ts';
import type { ActionRow } from './action.ts';

const REGIONS = ['Gangnam-gu', 'Mapo-gu'];
const LIMIT = 2;
const COOL_DOWN: Micros = 6 * STEP;

const INCENTIVE = rule({
  action: 'RIDER_INCENTIVE',
  coolDown: COOL_DOWN,
  limits: { perHour: LIMIT, perDay: null },
  follows: 'orders',
});
const ASKED = rule({
  action: 'REROUTE',
  coolDown: 0,
  approval: { always: true, moreTargetsThan: null, probabilityBelow: null, within: 4 * STEP },
});
const POLICY = policy({ RIDERS_SHORT: [INCENTIVE, ADJUST], TRAFFIC: [ASKED, ADJUST], WEATHER: [INCENTIVE] });

/** What happens in one step: which incidents last and their causes, what people and receivers do, whether it ends. */
const stepArbitrary = fc.record({
  incidents: fc.uniqueArray(
    fc.record({
      number: fc.nat(9),
      cause: fc.constantFrom<Cause | null>('RIDERS_SHORT', 'TRAFFIC', 'WEATHER', null),
      isOver: fc.boolean(),
    }),
    { selector: ({ number }) => number, maxLength: 4 },
  ),
  person: fc.constantFrom<ActionRow['status'] | null>('APPROVED', 'REJECTED', null, null),
  receiver: fc.constantFrom<ActionRow['status'] | null>('DONE', 'DONE', 'FAILED', null),
  observed: fc.constantFrom(40, 100, null),
});

type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** An incident that is over does not come again. */
function play(run: DeskRun, steps: readonly Step[], restartAt: ReadonlySet<number>): void {
  const [seen, over] = [new Set<number>(), new Set<number>()];
  for (const [index, step] of steps.entries()) {
    if (restartAt.has(index)) run.restart();
    const current = step.incidents.filter(({ number }) => !over.has(number));
    for (const number of seen) if (!current.some((one) => one.number === number)) over.add(number);
    for (const { number, isOver } of current) (isOver ? over : seen).add(number);
    const incidents = current.map(({ number, cause, isOver }) => {
      const region = REGIONS[number % 2] as string;
      return incident({
        incidentId: `incident-${number}`,
        scope: { region },
        seriesKeys: [`orders|region=${region}`],
        settledCause: cause,
        closedAt: isOver ? run.now : null,
      });
    });
    const looks = verdict(step.observed);
    run.step(
      incidents,
      Object.fromEntries(
        REGIONS.flatMap((one) =>
          [`orders|region=${one}`, `delivery_seconds|region=${one}`].map((k) => [k, looks]),
        ),
      ),
    );
    for (const { actionId, status } of run.rows()) {
      if (status === 'PROPOSED' && step.person !== null) run.becomes(actionId, step.person);
      if (status === 'APPROVED') run.becomes(actionId, 'SENT');
      const result = { reason: '', status: null, attempts: 1, uncertain: true };
      if (status === 'SENT' && step.receiver !== null) run.becomes(actionId, step.receiver, { result });
    }
  }
}

function sentAutomatically(run: DeskRun, action: ActionRow['action']): ActionRow[] {
  const ids = new Set(run.sent);
  return run.rows().filter((row) => row.action === action && ids.has(row.actionId));
}

it('a desk that is restored from its table at any step decides as one that was never stopped', () => {
  fc.assert(
    fc.property(
      fc.array(stepArbitrary, { minLength: 1, maxLength: 40 }),
      fc.array(fc.nat(40), { maxLength: 5 }),
      (steps, restarts) => {
        const [whole, stopped] = [new DeskRun(POLICY), new DeskRun(POLICY)];
        play(whole, steps, new Set());
        play(stopped, steps, new Set(restarts));
        expect(stopped.rows()).toEqual(whole.rows());
        expect(stopped.sent).toEqual(whole.sent);
      },
    ),
    { numRuns: 150 },
  );
});

it('nothing is sent twice, within its limits, and what lasts is taken back once when all is over', () => {
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 40 }), (steps) => {
      const run = new DeskRun(POLICY);
      play(run, steps, new Set());
      const quiet: Step = { incidents: [], person: null, receiver: 'DONE', observed: null };
      play(
        run,
        Array.from({ length: 40 }, () => quiet),
        new Set(),
      );
      expect(new Set(run.sent).size).toBe(run.sent.length);
      const incentives = sentAutomatically(run, 'RIDER_INCENTIVE');
      for (const { decidedAt, target } of incentives) {
        const before = (window: Micros) =>
          incentives.filter((one) => one.decidedAt > decidedAt - window && one.decidedAt <= decidedAt);
        expect(before(HOUR).length).toBeLessThanOrEqual(LIMIT);
        expect(before(COOL_DOWN).filter((one) => one.target.region === target.region)).toHaveLength(1);
      }
      const lasted = run
        .rows()
        .filter(({ action, sentAt }) => action === 'PROMISE_ADJUST' && sentAt !== null);
      const undoes = run.rows().filter(({ action }) => action === 'PROMISE_RESTORE');
      expect(undoes.map(({ undoes: id }) => id).sort()).toEqual(
        lasted.map(({ actionId }) => actionId).sort(),
      );
      expect([...run.table.values()].filter(({ isOpen }) => isOpen)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
