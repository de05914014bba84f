import { messageOf } from '../../platform/errors/classify.ts';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import { within } from '../../platform/lifecycle/within.ts';
import { readDueWork } from '../sql/read-due-work.ts';
import { rehomeMessages } from '../sql/rehome-messages.ts';
import type { Channel } from './channel.ts';
import { dispatch } from './dispatch.ts';
import { Drain, type Wait } from './drain.ts';
import { followUp } from './follow-up.ts';
import { registerBacklogGauges } from './metrics.ts';
import { createParts, type DeliveryContext, type DeliveryParts } from './parts.ts';
import { postNext } from './post-next.ts';
import { reconcile } from './reconcile.ts';
import { refreshNext } from './refresh-next.ts';
import { sweep } from './sweep.ts';

/** How often the database is asked whether there is something to do. One cheap statement. */
const POLL_MS = 400;
const SWEEP_MS = 30_000;
const FOLLOW_UP_MS = 10_000;
/** A wait is looked at again after this, in case there is something more urgent by then. */
const LONGEST_WAIT_MS = 1000;
/** For calls under way to end; what has not is found out about at the next start. */
const STOP_WITHIN_MS = 4000;

/** Brings alerts to Slack and keeps what it shows true, until stopped. */
export function startDelivery(context: DeliveryContext): { stop(): Promise<void> } {
  const parts = createParts(context);
  registerBacklogGauges(context.registry, context.database, context.clock);
  return new DeliveryLoops(parts).start();
}

class DeliveryLoops {
  private readonly parts: DeliveryParts;
  private readonly stopping = new AbortController();
  private readonly posting: ReadonlyMap<string, Drain>;
  private readonly refreshing: Drain;
  private readonly reconciling: Drain;
  private loops: Promise<unknown> = Promise.resolve();
  private stopped: Promise<void> | null = null;

  constructor(parts: DeliveryParts) {
    this.parts = parts;
    const drain = (step: () => Promise<Wait>) =>
      new Drain(step, this.stopping.signal, (error) => this.failed('a step of delivery', error));
    this.posting = new Map(
      parts.channels.all.map((channel) => [channel.target, drain(() => this.postStep(channel))]),
    );
    this.refreshing = drain(() => this.refreshStep());
    this.reconciling = drain(async () => ((await reconcile(parts)) ? 0 : null));
  }

  start(): { stop(): Promise<void> } {
    this.loops = Promise.all([
      this.poll(),
      this.every(SWEEP_MS, 'the sweep', () => sweep(this.parts)),
      this.every(FOLLOW_UP_MS, 'the follow-up of alerts', () => followUp(this.parts)),
    ]);
    return {
      stop: () => {
        this.stopped ??= this.end();
        return this.stopped;
      },
    };
  }

  private async end(): Promise<void> {
    this.stopping.abort();
    const drains = [...this.posting.values(), this.refreshing, this.reconciling];
    const ended = Promise.all([this.loops, ...drains.map((drain) => drain.ended())]);
    await within(
      STOP_WITHIN_MS,
      ended.then(() => undefined),
    );
  }

  private poll(): Promise<void> {
    const { health } = this.parts.context;
    let rehomed = false;
    return repeat(
      this.stopping.signal,
      async (failures) => {
        if (!rehomed) await this.rehome();
        rehomed = true;
        await this.wakeWhoHasWork();
        if (failures > 0) health.report('outbox', null);
        return POLL_MS;
      },
      (error) => {
        this.failed('looking for work', error);
        health.report('outbox', `the database does not answer: ${messageOf(error)}`);
      },
    );
  }

  private async rehome(): Promise<void> {
    const { database, config } = this.parts.context;
    await rehomeMessages(database, config.slack.channels, this.parts.channels.targets);
  }

  private async wakeWhoHasWork(): Promise<void> {
    let work = await this.dueWork();
    if (work.dispatch) {
      while (await dispatch(this.parts)) if (this.stopping.signal.aborted) return;
      work = await this.dueWork();
    }
    if (work.refresh) this.refreshing.wake();
    if (work.reconcile) this.reconciling.wake();
    for (const target of work.targets) this.posting.get(target)?.wake();
  }

  private dueWork() {
    const { database, clock } = this.parts.context;
    return readDueWork(database, this.parts.channels.targets, clock.now());
  }

  private async postStep(channel: Channel): Promise<Wait> {
    const step = await postNext(this.parts, channel);
    if (step === 'nothing') return null;
    const waitMs = channel.bucket.waitMs(this.parts.context.clock.now());
    // Waiting for a channel to open, or for a token to be good: the next poll comes back to it.
    if (step === 'waiting' && waitMs === 0) return null;
    return Math.min(waitMs, LONGEST_WAIT_MS);
  }

  private async refreshStep(): Promise<Wait> {
    const step = await refreshNext(this.parts);
    if (step === 'nothing') return null;
    const waitMs = this.parts.updates.waitMs(this.parts.context.clock.now());
    if (step === 'waiting' && waitMs === 0) return null;
    return Math.min(waitMs, LONGEST_WAIT_MS);
  }

  private every(ms: number, what: string, run: () => Promise<unknown>): Promise<void> {
    return repeat(
      this.stopping.signal,
      async () => {
        await run();
        return ms;
      },
      (error) => this.failed(what, error),
    );
  }

  private failed(what: string, error: unknown): void {
    this.parts.context.logger.warn({ err: error, what }, 'delivery to Slack failed; trying again');
  }
}
