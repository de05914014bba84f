/** The wait was called off before the lock was free. */
export class LockWaitCancelled extends Error {}

interface Waiter {
  readonly owner: object;
  readonly grant: () => void;
  readonly refuse: (reason: Error) => void;
}

/**
 * First come, first served: who may use the one PostgreSQL session. Not re-entrant; the owner is any object with an
 * identity of its own.
 */
export class SessionLock {
  #holder: object | undefined;
  #waiters: Waiter[] = [];

  isHeldBy(owner: object): boolean {
    return this.#holder === owner;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  /** @throws {LockWaitCancelled} when {@link cancel} was called for this owner meanwhile */
  acquire(owner: object): Promise<void> {
    if (this.#holder === owner) throw new Error('the session lock is already held by this owner');
    if (this.#holder === undefined) {
      this.#holder = owner;
      return Promise.resolve();
    }
    return new Promise((grant, refuse) => {
      this.#waiters.push({ owner, grant, refuse });
    });
  }

  /** Hands the lock to the one who has waited longest; nothing happens when the owner does not hold it. */
  release(owner: object): void {
    if (this.#holder !== owner) return;
    const next = this.#waiters.shift();
    this.#holder = next?.owner;
    // A turn of the event loop between two owners: statements run synchronously, and without it a full queue would keep
    // sockets (new connections, cancel requests, dead clients) unread until it is empty.
    if (next !== undefined) setImmediate(next.grant);
  }

  /** Refuses a pending wait of this owner; false when there is none. */
  cancel(owner: object): boolean {
    const at = this.#waiters.findIndex((waiter) => waiter.owner === owner);
    if (at < 0) return false;
    const [waiter] = this.#waiters.splice(at, 1);
    waiter?.refuse(new LockWaitCancelled('cancelled while waiting for the session'));
    return true;
  }
}
