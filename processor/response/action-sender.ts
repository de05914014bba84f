import type { Database } from '../../platform/database/database.ts';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { dropApproved } from './sql/drop-approved.ts';
import { findDueActions } from './sql/find-due-actions.ts';
import { sendApproved } from './sql/send-approved.ts';
import { withdrawOver } from './sql/withdraw-over.ts';

export interface ActionSenderContext {
  database: Database;
  logger: Logger;
}

/** People expect to see what they approved. Milliseconds. */
const EVERY_MS = 1000;

/**
 * Hands approved actions to the outbox, and takes back from it what is over before it could be sent. Each is one
 * statement; an instance that dies leaves it done or not done, and two at once do it once.
 */
export class ActionSender {
  private readonly context: ActionSenderContext;
  private readonly everyMs: number;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(context: ActionSenderContext, everyMs = EVERY_MS) {
    this.context = context;
    this.everyMs = everyMs;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private run(): Promise<void> {
    return repeat(
      this.stopping.signal,
      async () => {
        await this.sendDue();
        return this.everyMs;
      },
      (error, failures) => {
        const level = failures === 1 ? 'warn' : 'debug';
        this.context.logger[level]({ err: error, failures }, 'approved actions not sent; trying again');
      },
    );
  }

  /** What there is to do now, once. */
  async sendDue(): Promise<void> {
    const { database, logger } = this.context;
    const due = await findDueActions(database);
    if (due.approved) {
      await dropApproved(database);
      const sent = await sendApproved(database);
      if (sent > 0) logger.info({ sent }, 'approved actions handed over for sending');
    }
    if (!due.over) return;
    const withdrawn = await withdrawOver(database);
    if (withdrawn > 0) logger.warn({ withdrawn }, 'actions withdrawn: over before they were taken');
  }
}
