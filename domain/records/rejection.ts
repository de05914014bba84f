/** Why a record was turned away; the error_type of `pipeline_error_logs`. */
export type RejectionType = 'PARSE_ERROR' | 'SCHEMA_MISSING' | 'SCHEMA_INVALID';

/**
 * The record cannot become an event. Not an exception that anything handles by chance: the decoder catches it and the
 * record, bytes and all, becomes a dead letter with this reason.
 */
export class Rejection extends Error {
  readonly type: RejectionType;

  constructor(type: RejectionType, reason: string) {
    super(reason);
    this.name = 'Rejection';
    this.type = type;
  }
}
