import type { Incident } from '../../../domain/incidents/incident.ts';
import { actionIdOf } from '../../../domain/response/action.ts';
import type { ActionPolicy } from '../../../domain/response/policy.ts';
import { DAY } from '../../../domain/time/micros.ts';
import { ADJUST, incident, NOON, policy, rule, STEP } from './made-up-incidents.ts';

/** Incidents that open one after another, each in a district of its own. */
const INCIDENTS = 12;
const OPENS_EVERY = 2;
const LASTS = 12;

/** So many steps until all of it is over, and what lasted is taken back. */
export const SCRIPT_STEPS = INCIDENTS * OPENS_EVERY + LASTS + 10;

export const SCRIPT_POLICY: ActionPolicy = policy({
  RIDERS_SHORT: [
    rule({ action: 'RIDER_INCENTIVE' }),
    { ...ADJUST, follows: null },
    rule({
      action: 'REROUTE',
      approval: { always: true, moreTargetsThan: null, probabilityBelow: null, within: DAY },
    }),
    rule({ action: 'TELL_OPERATIONS', to: 'incident' }),
  ],
});

/** What is known at the end of a step; those that are over are not mentioned any more. */
export function scriptedIncidents(step: number): Incident[] {
  return Array.from({ length: INCIDENTS }, (_, index) => index)
    .filter((index) => step >= index * OPENS_EVERY && step <= index * OPENS_EVERY + LASTS)
    .map((index) => {
      const region = `district-${index}`;
      return incident({
        incidentId: `incident-${index}`,
        scope: { region },
        seriesKeys: [`orders|region=${region}`],
        closedAt: step === index * OPENS_EVERY + LASTS ? NOON + step * STEP : null,
      });
    });
}

/** Ids of all that has to be decided on, but for what takes something back. */
export function scriptedActionIds(): string[] {
  const rules = SCRIPT_POLICY.causes.RIDERS_SHORT ?? [];
  return Array.from({ length: INCIDENTS }, (_, index) => index)
    .flatMap((index) =>
      rules.map(({ action }) => actionIdOf(`incident-${index}`, action, { region: `district-${index}` })),
    )
    .sort();
}
