import type { IncomingMessage } from 'node:http';
import type { Logger } from '../logger/logger.ts';

/** Somebody who tries many must not fill the log. Milliseconds. */
const LOGGED_EVERY_MS = 60_000;

/** Says in the log that callers were refused: the first at once, then how many, at most once a minute; never what they showed. */
export class Refusals {
  private readonly logger: Pick<Logger, 'warn'>;
  private readonly now: () => number;
  private unsaid = 0;
  private nextAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that never goes back */
  constructor(logger: Pick<Logger, 'warn'>, now: () => number = () => performance.now()) {
    this.logger = logger;
    this.now = now;
  }

  note(
    problem: string,
    request: Pick<IncomingMessage, 'method' | 'socket'> & { originalUrl?: string },
  ): void {
    this.unsaid += 1;
    const now = this.now();
    if (now < this.nextAt) return;
    this.nextAt = now + LOGGED_EVERY_MS;
    const path = request.originalUrl?.split('?')[0]?.slice(0, 200);
    this.logger.warn(
      { problem, requests: this.unsaid, method: request.method, path, from: request.socket?.remoteAddress },
      'requests were refused',
    );
    this.unsaid = 0;
  }
}
