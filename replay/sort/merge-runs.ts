import type { RunFile, Sortable } from './run-file.ts';

export type CompareKeys = (a: string, b: string) => number;

interface Source {
  run: RunFile;
  /** Earlier runs come first among equal keys: that is what keeps the sort stable. */
  index: number;
}

/** Merges sorted runs; equal keys come in the order of the runs. The runs have been rewound. */
export async function* mergeRuns(
  runs: readonly RunFile[],
  compare: CompareKeys,
): AsyncGenerator<Sortable, void, undefined> {
  const heap: Source[] = [];
  const before = (a: Source, b: Source): boolean => {
    const order = compare((a.run.current as Sortable).key, (b.run.current as Sortable).key);
    return order === 0 ? a.index < b.index : order < 0;
  };
  for (const [index, run] of runs.entries()) {
    if (run.current !== null) push(heap, { run, index }, before);
  }
  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    yield top.run.current as Sortable;
    const waiting = top.run.advance();
    if (waiting !== undefined) await waiting;
    if (top.run.current === null) {
      const last = heap.pop() as Source;
      if (heap.length === 0) return;
      heap[0] = last;
    }
    sink(heap, before);
  }
}

function push(heap: Source[], source: Source, before: (a: Source, b: Source) => boolean): void {
  heap.push(source);
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!before(heap[at] as Source, heap[parent] as Source)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(heap: Source[], before: (a: Source, b: Source) => boolean): void {
  for (let at = 0; ; ) {
    let first = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child] as Source, heap[first] as Source)) first = child;
    }
    if (first === at) return;
    swap(heap, at, first);
    at = first;
  }
}

function swap(heap: Source[], a: number, b: number): void {
  const held = heap[a] as Source;
  heap[a] = heap[b] as Source;
  heap[b] = held;
}
