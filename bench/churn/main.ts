import { basename } from 'node:path';
import type { CustomerOrder } from '../../domain/churn/transaction-log.ts';
import { formatIso8601, parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import {
  EXIT_FAILED,
  EXIT_USAGE,
  readOptions,
  UsageError,
  usageText,
} from '../../platform/cli/command-line.ts';
import { churnReport } from './churn-report.ts';
import { evaluateChurn } from './evaluate-churn.ts';
import { madeUpCustomers } from './made-up-customers.ts';
import { platformCustomers } from './platform-customers.ts';
import { LogError, readLog } from './read-log.ts';

const HELP = `Judges predictions of churn, offline: trained on the past of a day, judged on the time after it.

  npm run evaluate:churn -- [--log FILE | --platform DAYS] [options]

  --log FILE       transactions, one a line: customer, day, amount; without it made-up customers
  --platform DAYS  customers of a simulated delivery platform, for so long
  --horizon DAYS   whoever orders nothing for so long has churned (28)
  --as-of DAY      the day of the prediction (the last one with a whole horizon after it)
  --everybody      judges those as well who had not ordered for four horizons
  --json           prints one JSON object
  --help           this
`;

/** Half of a year is learnt from, and the months before it come first. */
const MADE_UP = { seed: 1, customers: 6000, from: 20_089 * DAY, days: 240 };
const MOST_PLATFORM_DAYS = 730;

const OPTIONS = {
  log: { type: 'string' },
  platform: { type: 'string' },
  horizon: { type: 'string', default: '28' },
  'as-of': { type: 'string' },
  everybody: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function dayGiven(text: string): Micros {
  const at = parseIso8601(`${text}T00:00:00Z`);
  if (at === null)
    throw new UsageError(`--as-of must be a day such as 2026-03-01, not ${JSON.stringify(text)}`);
  return at;
}

async function ordersOf({ log, platform }: { log?: string; platform?: string }): Promise<{
  name: string;
  orders: CustomerOrder[];
}> {
  if (log !== undefined && platform !== undefined)
    throw new UsageError('--log and --platform are two sources of orders: give one of them');
  if (log !== undefined) return { name: basename(log), orders: await readLog(log) };
  if (platform === undefined) return { name: 'made-up customers', orders: madeUpCustomers(MADE_UP) };
  const days = Number(platform);
  if (!(days >= 1 && days <= MOST_PLATFORM_DAYS))
    throw new UsageError(`--platform must be 1 to ${MOST_PLATFORM_DAYS} days, not ${platform}`);
  const orders = platformCustomers({ seed: 'churn', from: MADE_UP.from, days });
  return { name: `customers of a simulated platform, ${days} days`, orders };
}

async function run(args: readonly string[]): Promise<string> {
  const values = readOptions(args, OPTIONS);
  if (values.help) return HELP;
  const days = Number(values.horizon);
  if (!(days >= 1 && days <= 3660))
    throw new UsageError(`--horizon must be a number of days, not ${values.horizon}`);
  const horizon = days * DAY;
  const { name, orders } = await ordersOf(values);
  const end = orders.at(-1)!.at;
  const asOf = values['as-of'] === undefined ? end - horizon : dayGiven(values['as-of']);
  if (asOf + horizon > end) {
    throw new UsageError(`the log ends on ${formatIso8601(end)}: --as-of has to be a --horizon before that`);
  }
  const evaluation = evaluateChurn(orders, { asOf, horizon, onlyActive: !values.everybody });
  if (values.json) return `${JSON.stringify(evaluation)}\n`;
  return churnReport(name, orders.length, days, evaluation);
}

async function main(): Promise<number> {
  try {
    process.stdout.write(await run(process.argv.slice(2)));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(usageText('evaluate:churn', error));
      return EXIT_USAGE;
    }
    const isFile = error instanceof Error && 'code' in error && 'path' in error;
    if (!(error instanceof LogError) && !isFile) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : ''}\n`);
    return EXIT_FAILED;
  }
}

process.exitCode = await main();
