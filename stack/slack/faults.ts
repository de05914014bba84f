import { randomUUID } from 'node:crypto';
import type { Changes } from './changes.ts';
import { type Directory, findChannel } from './directory.ts';
import type { Fault, NewFault } from './standin-types.ts';

type ApiFault = Exclude<Fault, { kind: 'latency' } | { kind: 'duplicate_clicks' }>;

/** What goes wrong with one call. */
export interface CallFaults {
  latencyMs: number;
  /** The first that was set wins. */
  fault: ApiFault | null;
}

/** Sets, lists and clears faults, and says which of them hit a call. */
export class FaultControls {
  readonly #directory: Directory;
  readonly #changes: Changes;
  #faults: Fault[] = [];

  constructor(directory: Directory, changes: Changes) {
    this.#directory = directory;
    this.#changes = changes;
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Adds a fault; one with the same id is replaced. */
  set(fault: NewFault): Fault {
    const added: Fault = { ...fault, id: fault.id ?? randomUUID().slice(0, 8) };
    this.#replace([...this.#faults.filter(({ id }) => id !== added.id), added]);
    return { ...added };
  }

  /** Clears one fault, or all of them. */
  clear(id?: string): void {
    this.#replace(id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id));
  }

  /** What hits this call; it counts as one time for each of them. */
  take(method: string, channel: string | undefined): CallFaults {
    let latencyMs = 0;
    let hit: ApiFault | null = null;
    for (const fault of this.#faults) {
      if (fault.kind === 'duplicate_clicks' || !this.#covers(fault, method, channel)) continue;
      if (fault.kind === 'latency') {
        latencyMs += fault.ms;
        this.#use(fault);
      } else if (hit === null) {
        hit = fault;
        this.#use(fault);
      }
    }
    return { latencyMs, fault: hit };
  }

  /** How often the next interaction is delivered. */
  takeCopies(): number {
    const fault = this.#faults.find((candidate) => candidate.kind === 'duplicate_clicks');
    if (fault === undefined) return 1;
    this.#use(fault);
    return fault.times;
  }

  #covers(fault: Fault, method: string, channel: string | undefined): boolean {
    if (fault.method !== undefined && fault.method !== '*' && fault.method !== method) return false;
    if (fault.channel === undefined) return true;
    return channel !== undefined && this.#idOf(fault.channel) === this.#idOf(channel);
  }

  #idOf(channel: string): string {
    return findChannel(this.#directory, channel)?.id ?? channel;
  }

  #use(fault: Fault): void {
    if (fault.remaining === undefined) return;
    fault.remaining -= 1;
    if (fault.remaining <= 0) this.clear(fault.id);
    else this.#changes.changed();
  }

  #replace(faults: Fault[]): void {
    this.#faults = faults;
    this.#changes.changed();
  }
}
