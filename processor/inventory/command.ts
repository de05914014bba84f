import { parseArgs } from 'node:util';

export const HELP = `npm run inventory -- COMMAND

  check                compares the stock of every product, and of warehouses, with the sum of its events
  rebuild              gives every product, and every warehouse, the stock that its events add up to
  what-if --data DIR   sells a history again, with reorder points and without: how long would orders have waited?
    --opening-stock N    pieces of every product before its first sale (2)
    --cache DIR          where to sort what does not fit into memory (the system's folder for temporary files)

what-if takes lead time, service level, window and cover from the settings (HOLDFAST_LEAD_TIME_DAYS and so on), and
needs neither database nor broker. The others need the database; a running processor notices nothing.
`;

export type InventoryCommand =
  | { kind: 'help' }
  | { kind: 'check' }
  | { kind: 'rebuild' }
  | { kind: 'what-if'; data: string; openingStock: number; cacheDir: string | null }
  /** What is wrong, and what to do. */
  | { kind: 'refused'; message: string };

const DEFAULT_OPENING_STOCK = 2;
const MOST_PIECES = 1_000_000;

/** Reads the arguments of `npm run inventory`. Never throws. */
export function readCommand(args: readonly string[]): InventoryCommand {
  const refused = (message: string): InventoryCommand => ({ kind: 'refused', message });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [command, ...more] = positionals;
  if (more.length > 0) return refused(`There is one command, and no ${more.join(' ')} after it.`);
  if (command === 'check' || command === 'rebuild') return { kind: command };
  if (command !== 'what-if')
    return refused(command === undefined ? 'Say what to do.' : `There is no command ${command}.`);
  if (values.data === undefined) return refused('what-if needs --data, the folder with the CSV files.');
  const openingStock = Number(values['opening-stock'] ?? DEFAULT_OPENING_STOCK);
  if (!Number.isInteger(openingStock) || openingStock < 0 || openingStock > MOST_PIECES)
    return refused(`--opening-stock must be a whole number from 0 to ${MOST_PIECES}.`);
  return { kind: 'what-if', data: values.data, openingStock, cacheDir: values.cache ?? null };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      'opening-stock': { type: 'string' },
      cache: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
}
