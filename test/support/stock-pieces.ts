/** Stock as a heap of pieces that are moved one by one: the plainest thing that stock can be. */
export class Pieces {
  private free: number;
  private readonly put = new Map<string, number>();

  constructor(pieces: number) {
    this.free = pieces;
  }

  get available(): number {
    return this.free;
  }

  get reserved(): number {
    return [...this.put.values()].reduce((sum, pieces) => sum + pieces, 0);
  }

  get current(): number {
    return this.free + this.reserved;
  }

  /** More pieces come in. */
  receive(pieces: number): void {
    this.free += pieces;
  }

  /** Puts pieces aside for an order, when there are as many. */
  reserve(orderId: string, pieces: number): boolean {
    if (this.put.has(orderId)) return true;
    if (this.free < pieces) return false;
    this.free -= pieces;
    this.put.set(orderId, pieces);
    return true;
  }

  /** Puts an order's pieces back. */
  release(orderId: string): void {
    this.free += this.put.get(orderId) ?? 0;
    this.put.delete(orderId);
  }

  /** Pieces leave the house: those put aside for the order, else free ones, as many as there are. */
  ship(orderId: string, pieces: number): void {
    if (!this.put.delete(orderId)) this.free -= Math.min(pieces, this.free);
  }
}
