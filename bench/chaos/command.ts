import { readOptions, UsageError, wholeOption } from '../../platform/cli/command-line.ts';
import { EXPERIMENTS } from './experiments/all-experiments.ts';

export interface ChaosCommand {
  help: boolean;
  /** Names, in the order in which they are run. */
  only: readonly string[];
  seconds: number;
  rate: number;
  seed: string;
  out: string;
}

export const HELP = `npm run chaos -- [options]      what happens when things break
Each experiment starts a Holdfast of its own with real processes, sends orders to it, breaks something, and compares what
was sent with what is stored, published and told. Ends with 1 when anything was lost, doubled or wrong.
  --only NAME,...      only these: ${EXPERIMENTS.slice(0, 2)
    .map(({ name }) => name)
    .join(', ')} ...
  --seconds N          how long orders are sent, for each (45)
  --rate N             records a second (60)
  --seed TEXT          same seed, same orders and same moments of harm (1)
  --out DIR            report.md, report.json, pictures and logs (.holdfast/chaos)
  --help, -h
On the embedded stack. With DATABASE_URL, a superuser's, a database of its own is made on that server and dropped.

${EXPERIMENTS.map(({ name, does }) => `  ${name.padEnd(20)} ${does}`).join('\n')}
`;

const OPTIONS = {
  only: { type: 'string' },
  seconds: { type: 'string', default: '45' },
  rate: { type: 'string', default: '60' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string', default: '.holdfast/chaos' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseCommand(args: readonly string[]): ChaosCommand {
  const values = readOptions(args, OPTIONS);
  const { help, seed, out } = values;
  return {
    ...{ help, seed, out },
    only: namesOf(values.only),
    seconds: wholeOption('seconds', values.seconds, 15, 3_600),
    rate: wholeOption('rate', values.rate, 1, 5_000),
  };
}

function namesOf(text: string | undefined): readonly string[] {
  const names = EXPERIMENTS.map(({ name }) => name);
  if (text === undefined) return names;
  return text.split(',').map((part) => {
    const name = part.trim();
    if (names.includes(name)) return name;
    throw new UsageError(`--only ${JSON.stringify(name)} is unknown: use ${names.join(', ')}`);
  });
}
