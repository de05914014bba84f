import { compareCodePoints } from '../../text/compare.ts';
import type { Micros } from '../../time/micros.ts';

interface Entry {
  at: Micros;
  key: string;
}

/** Keys by the time they are due, equal ones by code point: a binary heap. A key may be in it more than once. */
export class DueQueue {
  private readonly heap: Entry[] = [];

  get size(): number {
    return this.heap.length;
  }

  push(at: Micros, key: string): void {
    this.heap.push({ at, key });
    let child = this.heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.isBefore(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  peek(): Readonly<Entry> | null {
    return this.heap[0] ?? null;
  }

  /** Keys that are due by then, in no order. */
  *keysUntil(at: Micros): Generator<string> {
    const open = [0];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entry = this.heap[next];
      if (entry === undefined || entry.at > at) continue;
      yield entry.key;
      open.push(2 * next + 1, 2 * next + 2);
    }
  }

  pop(): Entry | null {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= this.heap.length) return first;
      const right = left + 1;
      const child = right < this.heap.length && this.isBefore(right, left) ? right : left;
      if (!this.isBefore(child, parent)) return first;
      this.swap(child, parent);
      parent = child;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const x = this.heap[a]!;
    const y = this.heap[b]!;
    return x.at < y.at || (x.at === y.at && compareCodePoints(x.key, y.key) < 0);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
