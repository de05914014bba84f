import type { Buffer } from 'node:buffer';

/** What must become of a poison record: turned away for one of three reasons, or stored and held. */
export type PoisonOutcome = 'PARSE_ERROR' | 'SCHEMA_MISSING' | 'SCHEMA_INVALID' | 'FUL-VALID';

/** One record that is wrong in one known way. */
export interface PoisonRecord {
  value: Buffer | null;
  key?: Buffer;
  /** Name of the way it is wrong, e.g. `truncated-json`. */
  class: string;
  expected: PoisonOutcome;
}
