import type { Example } from './tail-model.ts';

/** Weeks to months of a shop; a refit takes a fraction of a second. */
export const RING_CAPACITY = 2000;

/** The latest examples; the oldest make room. */
export class ExampleRing {
  private readonly slots: Example[] = [];
  private pushed = 0;

  push(example: Example): void {
    this.slots[this.pushed % RING_CAPACITY] = example;
    this.pushed += 1;
  }

  /** From slot to slot: the order in which sums are made, and so the last bit of them, is part of the state. */
  all(): readonly Example[] {
    return this.slots;
  }

  get count(): number {
    return this.pushed;
  }

  restore(slots: readonly Example[], pushed: number): void {
    this.slots.splice(0, this.slots.length, ...slots);
    this.pushed = pushed;
  }
}
