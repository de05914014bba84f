import { randomBytes } from 'node:crypto';

/** "up to 5 times within 30 minutes of receiving the payload" */
const USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;
const REMEMBERED = 2_000;

/** Where the answers to a response_url go. */
export interface ResponseTarget {
  channel: string;
  userId: string;
  /** The message that was clicked. */
  messageTs?: string | undefined;
  command?: string | undefined;
}

interface Issued {
  target: ResponseTarget;
  issuedAt: number;
  uses: number;
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export class ResponseUrls {
  readonly #now: () => number;
  readonly #issued = new Map<string, Issued>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The token, which is the last part of the URL. */
  issue(target: ResponseTarget): string {
    const token = randomBytes(18).toString('base64url');
    this.#issued.set(token, { target, issuedAt: this.#now(), uses: 0 });
    for (const oldest of this.#issued.keys()) {
      if (this.#issued.size <= REMEMBERED) break;
      this.#issued.delete(oldest);
    }
    return token;
  }

  /** The target without using it up; undefined for a token that was never issued. */
  look(token: string): ResponseTarget | undefined {
    return this.#issued.get(token)?.target;
  }

  use(token: string): { target: ResponseTarget } | { error: 'expired_url' | 'used_url' } {
    const issued = this.#issued.get(token);
    if (issued === undefined || this.#now() - issued.issuedAt > LIFETIME_MS) return { error: 'expired_url' };
    if (issued.uses >= USES) return { error: 'used_url' };
    issued.uses += 1;
    return { target: issued.target };
  }
}
