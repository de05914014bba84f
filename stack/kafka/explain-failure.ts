import type { Exit } from '../start/guarded-process.ts';

export type FailedBroker = {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly startTimeoutMs: number;
};

const complaint = /^\S+ \S+ (WARN|ERROR) |Exception: |^Caused by: /;
const complaintsKept = 20;

/** Collects the lines of a broker's log that may say why it failed: it prints some 40 more after the reason. */
export function collectComplaints(): {
  readonly lines: readonly string[];
  readonly offer: (line: string) => void;
} {
  const lines: string[] = [];
  const offer = (line: string) => {
    if (lines.length < complaintsKept && complaint.test(line)) lines.push(line);
  };
  return { lines, offer };
}

/** Why a broker did not start and what to do about it, from how it ended and the complaints in its log. */
export function explainFailure(
  outcome: Exit | 'timeout',
  complaints: readonly string[],
  broker: FailedBroker,
): string {
  const text = complaints.join('\n');
  if (/Address already in use|Socket server failed to bind/.test(text)) {
    const port = /bind to \S*?:(\d+)/.exec(text)?.[1] ?? `${broker.port} or ${broker.controllerPort}`;
    return (
      `Kafka could not listen on port ${port}: another program has it. ` +
      'Choose others with HOLDFAST_KAFKA_PORT and HOLDFAST_KAFKA_CONTROLLER_PORT.'
    );
  }
  if (/Failed to acquire lock on file/.test(text)) {
    return `Another Kafka is running on ${broker.dataDir}. Stop that one first, or choose another folder with HOLDFAST_DATA_DIR.`;
  }
  const how =
    outcome === 'timeout'
      ? `was not ready after ${broker.startTimeoutMs / 1000} s`
      : `ended at once (${outcome.signal ?? `exit code ${outcome.code}`})`;
  return [
    ...complaints,
    '',
    `Kafka ${how}; its complaints are above. Its data is in ${broker.dataDir}.`,
    'When that folder is damaged, `npm start -- --reset` deletes the embedded data and begins anew.',
  ].join('\n');
}
