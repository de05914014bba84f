import type { Changes } from './changes.ts';
import type { ApiCallRecord } from './standin-types.ts';

const KEPT = 200;

/** How often each method ended how. */
export type CallCounts = Record<string, Record<string, number>>;

export class CallLog {
  readonly #changes: Changes;
  #recent: ApiCallRecord[] = [];
  #counts = new Map<string, Map<string, number>>();

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  add(call: ApiCallRecord): void {
    this.#recent.push(call);
    if (this.#recent.length > KEPT) this.#recent.shift();
    const outcomes = this.#counts.get(call.method) ?? new Map<string, number>();
    this.#counts.set(call.method, outcomes);
    outcomes.set(call.outcome, (outcomes.get(call.outcome) ?? 0) + 1);
    this.#changes.changed();
  }

  recent(): ApiCallRecord[] {
    return [...this.#recent];
  }

  /** Of all calls since the start or the last reset. */
  counts(): CallCounts {
    return Object.fromEntries(
      [...this.#counts].map(([method, outcomes]) => [method, Object.fromEntries(outcomes)]),
    );
  }

  reset(): void {
    this.#recent = [];
    this.#counts = new Map();
  }
}
