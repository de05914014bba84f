import { readOptions, UsageError, wholeOption } from '../../platform/cli/command-line.ts';
import { SUDDEN_KINDS, type SuddenKind } from '../../simulator/platform/incidents/incident.ts';
import { WORLD_SIZES, type WorldSizeName } from '../../simulator/platform/world/world-size.ts';

export interface EvaluateIncidentsCommand {
  help: boolean;
  days: number;
  warmUpDays: number;
  incidents: number;
  kinds: readonly SuddenKind[];
  size: WorldSizeName;
  seed: string;
  details: boolean;
  json: boolean;
  quiet: boolean;
}

export const HELP = `npm run evaluate:incidents -- [options]      how well incidents are detected and explained
Lives a simulated delivery platform and watches it as the processor does, in memory: neither Kafka nor a database is
needed. What was found is compared with what was injected.
  --days N             days that count (60)
  --warm-up N          days before them, without incidents, to learn what is usual (14)
  --incidents N        injected incidents, as many of each kind (200); 0: how often it calls wolf
  --kinds LIST         only these kinds, with commas (${SUDDEN_KINDS.slice(0, 3).join(', ')}, ...)
  --size NAME          ${Object.keys(WORLD_SIZES).join(', ')} (medium)
  --seed TEXT          same seed, same world (1)
  --details            a line for each incident that was missed, taken for something else, or found without reason
  --json               the figures as one line of JSON
  --quiet              no progress
  --help, -h
`;

const OPTIONS = {
  days: { type: 'string', default: '60' },
  'warm-up': { type: 'string', default: '14' },
  incidents: { type: 'string', default: '200' },
  kinds: { type: 'string' },
  size: { type: 'string', default: 'medium' },
  seed: { type: 'string', default: '1' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseCommand(args: readonly string[]): EvaluateIncidentsCommand {
  const values = readOptions(args, OPTIONS);
  if (!Object.hasOwn(WORLD_SIZES, values.size)) {
    const known = Object.keys(WORLD_SIZES).join(', ');
    throw new UsageError(`--size ${JSON.stringify(values.size)} is unknown: use ${known}`);
  }
  const { help, seed, details, json, quiet } = values;
  return {
    ...{ help, seed, details, json, quiet },
    days: wholeOption('days', values.days, 1, 3_650),
    warmUpDays: wholeOption('warm-up', values['warm-up'], 1, 3_650),
    incidents: wholeOption('incidents', values.incidents, 0, 100_000),
    kinds: kindsOf(values.kinds),
    size: values.size as WorldSizeName,
  };
}

function kindsOf(text: string | undefined): readonly SuddenKind[] {
  if (text === undefined) return SUDDEN_KINDS;
  return text.split(',').map((part) => {
    const kind = SUDDEN_KINDS.find((one) => one === part.trim().toUpperCase().replaceAll('-', '_'));
    if (kind !== undefined) return kind;
    throw new UsageError(`--kinds ${JSON.stringify(part)} is unknown: use ${SUDDEN_KINDS.join(', ')}`);
  });
}
