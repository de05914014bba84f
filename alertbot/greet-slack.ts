import { backoffMs, sleep } from '../platform/errors/backoff.ts';
import { messageOf } from '../platform/errors/classify.ts';
import type { InteractionContext } from './interactions/interaction-context.ts';

const BACKOFF = { firstMs: 500, longestMs: 15_000 };

/** Asks Slack whether it knows us, and where we are, as often as it takes; readiness says so until it does. */
export async function greetSlack(
  { slack, health, logger, operators }: Pick<InteractionContext, 'slack' | 'health' | 'logger' | 'operators'>,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      const { team, user, team_id: workspace, enterprise_id: organisation } = await slack.auth.test();
      operators.belongTo([workspace, organisation].filter((id) => typeof id === 'string'));
      health.report('slack', null);
      logger.info({ team, user }, 'Slack knows us');
      return;
    } catch (error) {
      health.report('slack', `auth.test: ${messageOf(error)}`);
      logger.warn({ problem: messageOf(error) }, 'Slack has not let us in');
      await sleep(backoffMs(attempt, BACKOFF, Math.random), signal);
    }
  }
}
