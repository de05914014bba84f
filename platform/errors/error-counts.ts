import { createHash } from 'node:crypto';
import { codeOf } from './classify.ts';

/** Errors of one kind that were logged. */
export interface ErrorCount {
  fingerprint: string;
  program: string;
  /** SQLSTATE, code of a socket or of a library, else the name of the error's class. */
  code: string;
  /** The message of the log without whatever differs from one time to the next. No personal data. */
  template: string;
  /** Milliseconds since 1970. */
  firstSeen: number;
  lastSeen: number;
  count: number;
}

/** More kinds at once are counted as one: the memory stays small whatever is logged. */
const MOST_KINDS = 500;
const LONGEST_TEMPLATE = 200;

/** Counts what a program logs as an error, by kind, until somebody takes the counts away. */
export class ErrorCounts {
  private readonly program: string;
  private readonly now: () => number;
  private readonly counts = new Map<string, ErrorCount>();
  /** Told of each one at once. */
  onError: (code: string) => void = () => undefined;

  constructor(program: string, now: () => number) {
    this.program = program;
    this.now = now;
  }

  note(error: unknown, message: string): void {
    const code = errorCode(error);
    this.onError(code);
    const seen = this.now();
    this.add(this.countOf(code, messageTemplate(message), { firstSeen: seen, lastSeen: seen, count: 1 }));
  }

  /** Takes the counts; what was taken and could not be kept comes back by {@link giveBack}. */
  take(): ErrorCount[] {
    const taken = [...this.counts.values()];
    this.counts.clear();
    return taken;
  }

  giveBack(taken: readonly ErrorCount[]): void {
    for (const one of taken) this.add(one);
  }

  private countOf(
    code: string,
    template: string,
    times: Pick<ErrorCount, 'firstSeen' | 'lastSeen' | 'count'>,
  ): ErrorCount {
    const { program } = this;
    const { firstSeen, lastSeen, count } = times;
    return {
      fingerprint: fingerprint(program, code, template),
      program,
      code,
      template,
      firstSeen,
      lastSeen,
      count,
    };
  }

  private add(one: ErrorCount): void {
    const known = this.counts.get(one.fingerprint);
    if (known !== undefined) {
      known.count += one.count;
      known.firstSeen = Math.min(known.firstSeen, one.firstSeen);
      known.lastSeen = Math.max(known.lastSeen, one.lastSeen);
    } else if (this.counts.size < MOST_KINDS) {
      this.counts.set(one.fingerprint, { ...one });
    } else {
      const rest = this.countOf('other', 'other errors', one);
      if (this.counts.has(rest.fingerprint)) this.add(rest);
      else this.counts.set(rest.fingerprint, rest);
    }
  }
}

function fingerprint(program: string, code: string, template: string): string {
  return createHash('sha256').update(`${program}\n${code}\n${template}`).digest('hex').slice(0, 16);
}

/** A word that is the same for all errors of a kind, fit for a metric's label. */
export function errorCode(error: unknown): string {
  const code = codeOf(error) || (error instanceof Error ? error.name : '');
  return /^[A-Za-z][A-Za-z0-9_]{0,39}$|^[0-9A-Z]{5}$/.test(code) ? code : 'none';
}

/** Words with digits, quotations and addresses are what differs, and what could be somebody's. */
export function messageTemplate(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'/g, '*')
    .replace(/\S*[\d@]\S*/g, '*')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TEMPLATE);
}
