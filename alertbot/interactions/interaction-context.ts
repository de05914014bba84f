import type { Database } from '../../platform/database/database.ts';
import type { AlertbotContext } from '../context.ts';
import type { Operators } from './operators.ts';

/** What answering people in Slack takes. */
export interface InteractionContext extends AlertbotContext {
  /** Connections that stand ready for decisions. */
  decisions: Database;
  operators: Operators;
  /** How long Slack may wait for an answer, in milliseconds. */
  answerWithinMs: number;
}
