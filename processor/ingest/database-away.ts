/**
 * The batch could not be written now and its records must come again: the database is away (`unavailable`), or
 * something is wrong that trying again at once will not mend (`fault`).
 */
export class DatabaseAway extends Error {
  readonly kind: 'unavailable' | 'fault';

  constructor(kind: 'unavailable' | 'fault', message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'DatabaseAway';
    this.kind = kind;
  }
}
