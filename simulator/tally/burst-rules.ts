import type { HoldThresholds } from '../../domain/holds/thresholds.ts';

/** Grows by doubling; 24 bytes an arrival, so that millions fit. */
const FIRST_CAPACITY = 4_096;
const MICROS_PER_MS = 1_000;

/** Remembers when which user ordered which product, and says which orders the burst rules must hold. */
export class ArrivalLog {
  #time = new Float64Array(FIRST_CAPACITY);
  #product = new Int32Array(FIRST_CAPACITY);
  #user = new Int32Array(FIRST_CAPACITY);
  #order = new Float64Array(FIRST_CAPACITY);
  #count = 0;

  /**
   * Notes the ORDER_CREATED event of an order, once an order.
   *
   * @param order its number: ids sort like numbers, and ties are broken by id
   * @param time ms since the epoch
   * @param user index; -1 when the event names none
   */
  add(order: number, time: number, product: number, user: number): void {
    if (this.#count === this.#time.length) this.#grow();
    const i = this.#count++;
    this.#time[i] = time;
    this.#product[i] = product;
    this.#user[i] = user;
    this.#order[i] = order;
  }

  /** Numbers of the orders that must be held, by rule. */
  held(thresholds: HoldThresholds): { user: Set<number>; product: Set<number> } {
    const user = new Set<number>();
    const product = new Set<number>();
    const sorted = this.#sortedByProduct();
    forGroups(
      sorted,
      (a, b) => this.#product[a] === this.#product[b],
      (group) => {
        this.#productBursts(group, thresholds, product);
        // Within the product by user, then time.
        const byUser = group
          .filter((i) => this.#user[i] !== -1)
          .sort((a, b) => this.#compare(this.#user, a, b));
        forGroups(
          byUser,
          (a, b) => this.#user[a] === this.#user[b],
          (own) => this.#userBursts(own, thresholds, user),
        );
      },
    );
    return { user, product };
  }

  #productBursts(
    group: Uint32Array,
    { productAtLeast, productWindow }: HoldThresholds,
    held: Set<number>,
  ): void {
    let first = 0;
    group.forEach((arrival, i) => {
      const time = this.#time[arrival] as number;
      while ((this.#time[group[first] as number] as number) <= time - productWindow / MICROS_PER_MS) first++;
      if (i - first + 1 >= productAtLeast) held.add(this.#order[arrival] as number);
    });
  }

  #userBursts(group: Uint32Array, thresholds: HoldThresholds, held: Set<number>): void {
    const { userMoreThan } = thresholds;
    if (group.length <= userMoreThan) return;
    const window = thresholds.userWindow / MICROS_PER_MS;
    const reach = thresholds.userQuarantine / MICROS_PER_MS;
    const timeOf = (i: number): number => this.#time[group[i] as number] as number;
    let first = 0;
    for (let i = 0; i < group.length; i++) {
      const time = timeOf(i);
      while (timeOf(first) <= time - window) first++;
      if (i - first + 1 <= userMoreThan) continue;
      for (let j = i; j >= 0 && timeOf(j) >= time - reach; j--) held.add(this.#orderOf(group, j));
      for (let j = i + 1; j < group.length && timeOf(j) === time; j++) held.add(this.#orderOf(group, j));
    }
  }

  #orderOf(group: Uint32Array, i: number): number {
    return this.#order[group[i] as number] as number;
  }

  #sortedByProduct(): Uint32Array {
    const indices = Uint32Array.from({ length: this.#count }, (_, i) => i);
    return indices.sort((a, b) => this.#compare(this.#product, a, b));
  }

  /** By the key, then time, then order. */
  #compare(key: Int32Array, a: number, b: number): number {
    return (
      (key[a] as number) - (key[b] as number) ||
      (this.#time[a] as number) - (this.#time[b] as number) ||
      (this.#order[a] as number) - (this.#order[b] as number)
    );
  }

  #grow(): void {
    const capacity = this.#time.length * 2;
    const enlarged = <T extends Float64Array | Int32Array>(target: T, source: T): T => {
      target.set(source);
      return target;
    };
    this.#time = enlarged(new Float64Array(capacity), this.#time);
    this.#order = enlarged(new Float64Array(capacity), this.#order);
    this.#product = enlarged(new Int32Array(capacity), this.#product);
    this.#user = enlarged(new Int32Array(capacity), this.#user);
  }
}

/** Calls `visit` with each run of equal neighbours. */
function forGroups(
  sorted: Uint32Array,
  equal: (a: number, b: number) => boolean,
  visit: (group: Uint32Array) => void,
): void {
  let from = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && equal(sorted[from] as number, sorted[i] as number)) continue;
    if (i > from) visit(sorted.subarray(from, i));
    from = i;
  }
}
