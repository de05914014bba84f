import { classifyError, messageOf } from '../../platform/errors/classify.ts';

/** One refusal may be a race between two writers; so many in a row are the data. */
const FAILURES_TO_NARROW = 5;

/**
 * How much a pass takes. One record that the database refuses for good would stop event time for everybody: after some
 * such failures in a row slices are halved down to a single instant, and what still fails is left out.
 */
export class Narrowing {
  private readonly usual: number;
  private size: number;
  private failures = 0;
  private refusal: string | null = null;

  /** @param usual some most milestones of a slice */
  constructor(usual: number) {
    this.usual = usual;
    this.size = usual;
  }

  /** Some most milestones of the next slice; 0: those of one instant. */
  get most(): number {
    return this.size;
  }

  /** Why the milestones of the next slice are left out; null: they are followed. */
  get leavesOut(): string | null {
    return this.refusal;
  }

  failed(error: unknown): void {
    if (classifyError(error) !== 'data') return;
    this.failures += 1;
    if (this.failures < FAILURES_TO_NARROW) return;
    // Where it fails without them as well, they are not to blame.
    if (this.size === 0) this.refusal = this.refusal === null ? messageOf(error) : null;
    else this.size = Math.floor(this.size / 2);
  }

  /** Grows again, so that only the neighbourhood of what is refused is followed in small steps. */
  succeeded(): void {
    this.refusal = null;
    this.size = Math.min(this.usual, Math.max(1, this.size * 2));
    if (this.size === this.usual) this.failures = 0;
  }
}
