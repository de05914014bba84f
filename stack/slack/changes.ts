/** Tells whoever listens that something of the stand-in is different now. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Returns the undo. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
