/** Draws items in proportion to weights that change: a Fenwick tree of the weights, O(log n) for both. */
export class WeightedSampler {
  #weights: number[] = [];
  /** Index from 1; [i] has the sum of the weights of (i - lowest bit of i, i]. */
  #tree: number[] = [0];

  get size(): number {
    return this.#weights.length;
  }

  get total(): number {
    let sum = 0;
    for (let i = this.#weights.length; i > 0; i -= i & -i) sum += this.#tree[i] as number;
    return sum;
  }

  weightOf(index: number): number {
    return this.#weights[index] ?? 0;
  }

  /** @returns the index of the new item */
  add(weight: number): number {
    const index = this.#weights.push(weight) - 1;
    const at = index + 1;
    let sum = weight;
    for (let i = at - 1; i > at - (at & -at); i -= i & -i) sum += this.#tree[i] as number;
    this.#tree.push(sum);
    return index;
  }

  set(index: number, weight: number): void {
    const change = weight - (this.#weights[index] as number);
    this.#weights[index] = weight;
    for (let i = index + 1; i < this.#tree.length; i += i & -i)
      this.#tree[i] = (this.#tree[i] as number) + change;
  }

  /** @param share in [0, 1): the item that lies there, when all are laid side by side as broad as they weigh */
  at(share: number): number {
    let left = share * this.total;
    let index = 0;
    for (let bit = 1 << (31 - Math.clz32(this.#weights.length)); bit > 0; bit >>= 1) {
      const next = index + bit;
      if (next <= this.#weights.length && (this.#tree[next] as number) <= left) {
        left -= this.#tree[next] as number;
        index = next;
      }
    }
    // Rounding may leave a little behind the last one.
    return Math.min(index, this.#weights.length - 1);
  }
}
