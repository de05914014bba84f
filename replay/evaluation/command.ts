import type { Micros } from '../../domain/time/micros.ts';
import { readOptions, UsageError } from '../../platform/cli/command-line.ts';
import type { SourceAdapter } from '../adapters/adapter.ts';
import { ADAPTERS } from '../adapters/adapters.ts';
import { parseMoment } from '../command-line/moment.ts';

export interface EvaluateCommand {
  help: boolean;
  data: string;
  adapter: SourceAdapter;
  trainUntil: Micros;
  /** Where to write pictures; null: nowhere. */
  html: string | null;
  json: boolean;
}

export const EVALUATE_HELP = `Judges predictions on a history, offline: neither Kafka nor a database is needed.

  npm run evaluate -- --data DIR [options]

  --data DIR           folder with the files of the history
  --format NAME        what the files are like (${ADAPTERS.map(({ name }) => name).join(', ')})
  --train-until DAY    orders created before are for training, later ones are judged (2017-10-01)
  --html FILE          writes the curves there, too
  --json               prints one JSON object
  --help               this
`;

const OPTIONS = {
  data: { type: 'string' },
  format: { type: 'string', default: 'olist' },
  'train-until': { type: 'string', default: '2017-10-01' },
  html: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseEvaluateCommand(args: readonly string[]): EvaluateCommand {
  const values = readOptions(args, OPTIONS);
  const adapter = ADAPTERS.find(({ name }) => name === values.format);
  if (adapter === undefined) {
    const known = ADAPTERS.map(({ name }) => name).join(', ');
    throw new UsageError(`--format ${JSON.stringify(values.format)} is unknown: use ${known}`);
  }
  if (!values.help && values.data === undefined) {
    throw new UsageError('say which history to judge on: --data and a folder');
  }
  const trainUntil = parseMoment(values['train-until'], adapter.utcOffset);
  if (trainUntil === null) {
    const given = JSON.stringify(values['train-until']);
    throw new UsageError(`--train-until must be a day such as 2017-10-01, not ${given}`);
  }
  const { help, html = null, json, data = '' } = values;
  return { help, data, adapter, trainUntil, html, json };
}
