/** One thing that was promised, and how it came out. Lists hold keys: where a record stands, which order, which hold. */
export interface Comparison {
  what: string;
  /** How many there have to be, and how many there are. */
  wanted: number;
  found: number;
  /** Wanted, and not there. */
  lost: readonly string[];
  /** There more often than wanted. */
  doubled: readonly string[];
  /** There, though nobody wanted it, or not as it should be. */
  wrong: readonly string[];
}

/** Compares two bags of keys: how often a key is there counts. */
export function compareKeys(what: string, wanted: Iterable<string>, found: Iterable<string>): Comparison {
  const open = counts(wanted);
  const known = new Set(open.keys());
  const doubled: string[] = [];
  const wrong: string[] = [];
  let size = 0;
  for (const key of found) {
    size += 1;
    const left = open.get(key) ?? 0;
    if (left > 0) open.set(key, left - 1);
    else (known.has(key) ? doubled : wrong).push(key);
  }
  const lost = [...open].flatMap(([key, left]) => Array.from({ length: left }, () => key));
  const wantedSize = size - doubled.length - wrong.length + lost.length;
  return { what, wanted: wantedSize, found: size, lost, doubled, wrong };
}

/** The same where more copies are allowed: each has to be there at least as often as it is wanted. */
export function compareAtLeastOnce(
  what: string,
  wanted: Iterable<string>,
  found: Iterable<string>,
): Comparison {
  return { ...compareKeys(what, wanted, found), doubled: [] };
}

/** Compares what is known under each key, as text that says all of it. */
export function compareValues(
  what: string,
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): Comparison {
  const lost = [...wanted.keys()].filter((key) => !found.has(key));
  const wrong = [...found].filter(([key, value]) => wanted.get(key) !== value).map(([key]) => key);
  return { what, wanted: wanted.size, found: found.size, lost, doubled: [], wrong };
}

export function holds({ lost, doubled, wrong }: Comparison): boolean {
  return lost.length + doubled.length + wrong.length === 0;
}

function counts(keys: Iterable<string>): Map<string, number> {
  const result = new Map<string, number>();
  for (const key of keys) result.set(key, (result.get(key) ?? 0) + 1);
  return result;
}
