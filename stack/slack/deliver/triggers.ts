import { randomBytes } from 'node:crypto';

/** "trigger_ids expire three seconds after they are issued", and open one view. */
const LIFETIME_MS = 3_000;
/** Issued triggers that are remembered, so that a late use gets its own error. */
const REMEMBERED = 2_000;

interface Trigger {
  userId: string;
  issuedAt: number;
  used: boolean;
}

export type TriggerUse =
  | { userId: string }
  | { error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' };

/** https://docs.slack.dev/interactivity/handling-user-interaction: each interaction carries a trigger_id. */
export class Triggers {
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  readonly #issued = new Map<string, Trigger>();

  constructor(now: () => number, lifetimeMs = LIFETIME_MS) {
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  issue(userId: string): string {
    const id = `${this.#now()}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
    this.#issued.set(id, { userId, issuedAt: this.#now(), used: false });
    for (const oldest of this.#issued.keys()) {
      if (this.#issued.size <= REMEMBERED) break;
      this.#issued.delete(oldest);
    }
    return id;
  }

  /** Says what is to be said of this trigger, without using it up. */
  look(id: string): TriggerUse {
    const trigger = this.#issued.get(id);
    if (trigger === undefined) return { error: 'invalid_trigger_id' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    if (this.#now() - trigger.issuedAt > this.#lifetimeMs) return { error: 'expired_trigger_id' };
    return { userId: trigger.userId };
  }

  spend(id: string): void {
    const trigger = this.#issued.get(id);
    if (trigger !== undefined) trigger.used = true;
  }
}
