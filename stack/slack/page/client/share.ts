/**
 * `next`, with every member that equals its counterpart in `previous` replaced by that. The whole state arrives after
 * each change; what did not change keeps its identity, so that React skips it.
 */
export function shareMembers<Value extends object>(previous: Value, next: Value): Value {
  const shared = { ...next };
  for (const key of Object.keys(next) as (keyof Value)[]) {
    if (isEqual(previous[key], next[key])) shared[key] = previous[key];
  }
  return shared;
}

/** The same for a list of things with ids, of which some are new or gone: `previous` itself when nothing differs. */
export function shareItems<Item>(
  previous: readonly Item[],
  next: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  const known = new Map(previous.map((item) => [idOf(item), item]));
  const shared = next.map((item) => {
    const before = known.get(idOf(item));
    return before !== undefined && isEqual(before, item) ? before : item;
  });
  const same = previous.length === shared.length && shared.every((item, index) => item === previous[index]);
  return same ? previous : shared;
}

/** Whether two values that came as JSON say the same. Allocates little: it sees two thousand messages several times a second. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => isEqual(item, other[index]));
  }
  let extra = 0;
  for (const key in other) if (Object.hasOwn(other, key)) extra += 1;
  for (const key in one) {
    if (!Object.hasOwn(other, key)) return false;
    if (!isEqual(one[key as keyof typeof one], other[key as keyof typeof other])) return false;
    extra -= 1;
  }
  return extra === 0;
}
