import type { SimulatedRecord } from '../record.ts';

/** Where records go. */
export interface RecordSink {
  /**
   * Resolves when every record is stored, or was refused for good; keeps trying while the other side is away.
   *
   * @returns those that are stored; fewer than given when some were refused or the run was stopped meanwhile
   */
  send(records: readonly SimulatedRecord[]): Promise<readonly SimulatedRecord[]>;
  close(): Promise<void>;
}

/** Takes everything and keeps nothing. */
export const NO_SINK: RecordSink = {
  send: async (records) => records,
  close: async () => undefined,
};
