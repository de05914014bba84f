import { readOptions, wholeOption } from '../../platform/cli/command-line.ts';

export interface SoakCommand {
  help: boolean;
  minutes: number;
  rate: number;
  seed: string;
  out: string;
}

export const HELP = `npm run soak -- [options]      whether memory, latency and lag stay as they are
Starts a Holdfast of its own, sends orders at a steady rate, measures every ten seconds, and says of each series whether
it is flat or growing. Ends with 1 when one grows, when a program ends, or when what was sent is not what is stored.
  --minutes N          how long (60)
  --rate N             records a second (500)
  --seed TEXT          same seed, same orders (1)
  --out DIR            report.md, report.json, pictures and logs (.holdfast/soak)
  --help, -h
On the embedded stack. With DATABASE_URL, a superuser's, a database of its own is made on that server and dropped.
`;

const OPTIONS = {
  minutes: { type: 'string', default: '60' },
  rate: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string', default: '.holdfast/soak' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseCommand(args: readonly string[]): SoakCommand {
  const values = readOptions(args, OPTIONS);
  const { help, seed, out } = values;
  return {
    ...{ help, seed, out },
    minutes: wholeOption('minutes', values.minutes, 1, 10_080),
    rate: wholeOption('rate', values.rate, 1, 20_000),
  };
}
