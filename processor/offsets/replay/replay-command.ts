import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import { readOptions, UsageError, wholeOption } from '../../../platform/cli/command-line.ts';
import { CONSUMED } from '../../topics/handlers.ts';

export const HELP = `npm run replay-offsets -- --topic orders --from TIME --to TIME [--partition N] [--dry-run]

Reads the records of a stretch of time from Kafka again and takes them through the same steps as the processor. What the
database has already changes nothing; what is missing is put there. Positions stay where they are, and processors may run.

  --topic NAME     one of ${CONSUMED.join(', ')}
  --from, --to     ISO 8601 with an offset, such as 2026-03-01T00:00:00Z: from the first record that Kafka has at or after
                   --from (by its timestamp) up to, and without, the first at or after --to
  --partition N    this partition only
  --dry-run        say what would be read, and how much of it the database has; write nothing
`;

export type ReplayCommand =
  | { kind: 'help' }
  | {
      kind: 'replay';
      topic: (typeof CONSUMED)[number];
      stretch: Stretch;
      partition: number | null;
      dryRun: boolean;
    };

/** [from, to), by the timestamps of Kafka. */
export interface Stretch {
  from: Micros;
  to: Micros;
}

const MOST_PARTITIONS = 1_000_000;

const OPTIONS = {
  topic: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  partition: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments of `npm run replay-offsets`. @throws {UsageError} */
export function readReplayCommand(args: readonly string[]): ReplayCommand {
  const values = readOptions(args, OPTIONS);
  if (values.help) return { kind: 'help' };
  const topic = CONSUMED.find((one) => one === values.topic);
  if (topic === undefined)
    throw new UsageError(
      values.topic === undefined
        ? `--topic is missing: one of ${CONSUMED.join(', ')}`
        : `--topic must be one of ${CONSUMED.join(', ')}, not ${JSON.stringify(values.topic)}`,
    );
  const stretch = { from: timeOption('from', values.from), to: timeOption('to', values.to) };
  if (stretch.from >= stretch.to) throw new UsageError('--from must be before --to');
  const partition =
    values.partition === undefined ? null : wholeOption('partition', values.partition, 0, MOST_PARTITIONS);
  return { kind: 'replay', topic, stretch, partition, dryRun: values['dry-run'] };
}

function timeOption(name: string, text: string | undefined): Micros {
  const time = text === undefined ? null : parseIso8601(text);
  if (time === null)
    throw new UsageError(
      `--${name} must be an ISO 8601 time with an offset, such as 2026-03-01T00:00:00Z${text === undefined ? '' : `, not ${JSON.stringify(text)}`}`,
    );
  return time;
}
