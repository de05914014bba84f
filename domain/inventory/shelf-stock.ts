import type { Micros } from '../time/micros.ts';

interface Want {
  orderId: string;
  quantity: number;
}

/**
 * Pieces of one product on a shelf, in a simulation: orders are served whole, first come, first served, at once or when
 * enough pieces have come.
 */
export class ShelfStock {
  private pieces: number;
  private waiting: Want[] = [];
  private readonly coming: { at: Micros; quantity: number }[] = [];
  private readonly served = new Map<string, Micros>();
  private readonly begin: Micros;
  private now: Micros;
  private pieceTime = 0;

  constructor(pieces: number, begin: Micros) {
    this.pieces = pieces;
    this.begin = begin;
    this.now = begin;
  }

  /** Somebody wants so many pieces. @returns how many are missing for it beyond what waits already */
  take(at: Micros, orderId: string, quantity: number): number {
    this.moveTo(at);
    const wanted = this.waiting.reduce((sum, one) => sum + one.quantity, 0);
    const missing = Math.min(quantity, Math.max(0, quantity + wanted - this.pieces));
    this.waiting.push({ orderId, quantity });
    this.serve();
    return missing;
  }

  /** The order is canceled: it waits no more, or brings its pieces back. */
  giveBack(at: Micros, orderId: string, quantity: number): void {
    this.moveTo(at);
    const waits = this.waiting.findIndex((one) => one.orderId === orderId);
    if (waits >= 0) this.waiting.splice(waits, 1);
    else this.pieces += quantity;
    this.serve();
  }

  /** Pieces will come. */
  expect(at: Micros, quantity: number): void {
    this.coming.push({ at, quantity });
    this.coming.sort((a, b) => a.at - b.at);
  }

  /** When each order had all its pieces, once everything has come. */
  servedAt(): ReadonlyMap<string, Micros> {
    this.moveTo(Number.POSITIVE_INFINITY);
    return this.served;
  }

  /** Pieces on the shelf, averaged over time; to be asked before {@link servedAt}. */
  meanStock(end: Micros): number {
    this.moveTo(end);
    return end > this.begin ? this.pieceTime / (end - this.begin) : this.pieces;
  }

  private moveTo(at: Micros): void {
    for (let next = this.coming[0]; next !== undefined && next.at <= at; next = this.coming[0]) {
      this.coming.shift();
      this.pass(next.at);
      this.pieces += next.quantity;
      this.serve();
    }
    if (Number.isFinite(at)) this.pass(at);
  }

  private pass(at: Micros): void {
    this.pieceTime += this.pieces * Math.max(0, at - this.now);
    this.now = Math.max(this.now, at);
  }

  private serve(): void {
    for (let first = this.waiting[0]; first !== undefined && first.quantity <= this.pieces; ) {
      this.waiting.shift();
      this.pieces -= first.quantity;
      this.served.set(first.orderId, Math.max(this.served.get(first.orderId) ?? this.now, this.now));
      first = this.waiting[0];
    }
  }
}
