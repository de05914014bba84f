import type { Decision } from '../actions/decide.ts';
import type { InboundRequest } from '../http/inbound-request.ts';
import type { ChangedAlert } from '../sql/change-alerts.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Person } from './press.ts';

/** What became of something a person asked for. `forbidden` with `unknown`: nobody knows yet who may. */
export type Ruling<T = ChangedAlert> = Decision<T> | { kind: 'forbidden'; may: 'no' | 'unknown' };

/** Ways in which people ask for changes; a label of the metric. */
export type InteractionType = 'button' | 'menu' | 'modal' | 'command';

/** Has it decided whether the person may, and then what becomes of it. Counts both. Never fails. */
export async function rule<T extends { outcome: string }>(
  context: InteractionContext,
  type: InteractionType,
  person: Person,
  inbound: InboundRequest,
  decide: () => Promise<Decision<T>>,
): Promise<Ruling<T>> {
  const ruling = await ruleOn(context, person, decide);
  context.metrics.interactions.inc({ type, outcome: outcomeOf(ruling) });
  if (ruling.kind === 'changed') {
    context.metrics.interactionSeconds.observe(
      (context.answerWithinMs - inbound.deadline.remainingMs()) / 1000,
    );
  }
  return ruling;
}

async function ruleOn<T>(
  { operators, logger }: InteractionContext,
  person: Person,
  decide: () => Promise<Decision<T>>,
): Promise<Ruling<T>> {
  const may = operators.mayAct(person);
  if (may !== 'yes') return { kind: 'forbidden', may };
  try {
    return await decide();
  } catch (error) {
    // The database refused the statement, so nothing has changed.
    logger.error({ err: error }, 'a decision could not be made');
    return { kind: 'away' };
  }
}

function outcomeOf(ruling: Ruling<{ outcome: string }>): string {
  if (ruling.kind !== 'changed') return ruling.kind;
  const outcomes = ruling.alerts.map((alert) => alert.outcome);
  return outcomes.includes('done') ? 'done' : (outcomes[0] ?? 'nothing');
}
