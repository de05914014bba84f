import type { Micros } from '../../../domain/time/micros.ts';
import { MINUTE, YEAR_2000 } from '../../../domain/time/micros.ts';
import { readOptions, UsageError, wholeOption } from '../../../platform/cli/command-line.ts';
import { parseSpeed } from '../../../replay/clock/speeds.ts';
import { parseMoment } from '../../../replay/command-line/moment.ts';
import { parseDuration } from '../../command-line/duration.ts';
import { PLATFORM_TOPICS, type PlatformTopic } from '../world/world-event.ts';
import { MOST_DISTRICTS, WORLD_SIZES, type WorldSize } from '../world/world-size.ts';
import { type IncidentWish, parseIncident } from './incident-text.ts';

/** What the command line asks for. */
export interface PlatformCommand {
  help: boolean;
  size: WorldSize;
  seed: string;
  /** Days of history, lived as fast as it goes. */
  days: number;
  /** Length of what comes after it, in simulated time; Infinity: until it is stopped. */
  duration: Micros;
  /** Simulated seconds a real second of what comes after the history; Infinity: as fast as it goes. */
  speed: number;
  /** Null: so that it does not run ahead of the wall clock. */
  start: Micros | null;
  incidents: readonly IncidentWish[];
  /** Further ones, by chance. */
  randomIncidents: number;
  /** Days at the beginning without incidents by chance. */
  quietDays: number;
  holidays: readonly string[];
  truth: string | null;
  customers: string | null;
  http: boolean;
  /** Null: that of the settings. */
  port: number | null;
  /** Never further ahead of the processor than that; null: not waited for. */
  inStep: Micros | 'step' | null;
  /** What is published. */
  topics: readonly PlatformTopic[];
  dryRun: boolean;
  json: boolean;
  quiet: boolean;
}

const OPTIONS = {
  size: { type: 'string', default: 'small' },
  districts: { type: 'string' },
  restaurants: { type: 'string' },
  'orders-per-day': { type: 'string' },
  'orders-per-customer': { type: 'string' },
  seed: { type: 'string', default: '1' },
  days: { type: 'string', default: '14' },
  duration: { type: 'string' },
  forever: { type: 'boolean', default: false },
  speed: { type: 'string', default: '1' },
  start: { type: 'string' },
  incident: { type: 'string', multiple: true, default: [] as string[] },
  incidents: { type: 'string', default: '0' },
  'quiet-days': { type: 'string' },
  holiday: { type: 'string', multiple: true, default: [] as string[] },
  truth: { type: 'string' },
  customers: { type: 'string' },
  port: { type: 'string' },
  'no-http': { type: 'boolean', default: false },
  'in-step': { type: 'boolean', default: false },
  'in-step-every': { type: 'string' },
  topics: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const MOST_DAYS = 3_650;
const USUAL_QUIET_DAYS = 7;
const SEOUL = '+09:00';
const MICROS_PER_MS = 1_000;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseCommand(args: readonly string[]): PlatformCommand {
  const values = readOptions(args, OPTIONS);
  const days = wholeOption('days', values.days, 0, MOST_DAYS);
  const speed = parseSpeed(values.speed);
  if (speed === null)
    throw new UsageError(
      `--speed must be a number greater than 0 or max, not ${JSON.stringify(values.speed)}`,
    );
  const quietDays =
    values['quiet-days'] === undefined
      ? Math.min(USUAL_QUIET_DAYS, Math.floor(days / 2))
      : wholeOption('quiet-days', values['quiet-days'], 0, MOST_DAYS);
  const { help, seed, json, quiet, truth = null, customers = null } = values;
  return {
    ...{ help, seed, json, quiet, truth, customers, days, speed, quietDays },
    size: sizeOf(values),
    duration: durationOf(values),
    start: values.start === undefined ? null : startOf(values.start),
    incidents: values.incident.map(parseIncident),
    randomIncidents: wholeOption('incidents', values.incidents, 0, 100_000),
    holidays: values.holiday.map(holiday),
    http: !values['no-http'] && !values['dry-run'],
    port: values.port === undefined ? null : wholeOption('port', values.port, 0, 65_535),
    inStep: inStepOf(values),
    topics: topicsOf(values.topics),
    dryRun: values['dry-run'],
  };
}

function sizeOf(values: {
  size: string;
  districts?: string;
  restaurants?: string;
  'orders-per-day'?: string;
  'orders-per-customer'?: string;
}): WorldSize {
  const named = Object.entries(WORLD_SIZES).find(([name]) => name === values.size);
  if (named === undefined) {
    const known = Object.keys(WORLD_SIZES).join(', ');
    throw new UsageError(`--size ${JSON.stringify(values.size)} is unknown: use ${known}`);
  }
  const size: WorldSize = { ...named[1] };
  if (values.districts !== undefined)
    size.districts = wholeOption('districts', values.districts, 1, MOST_DISTRICTS);
  if (values.restaurants !== undefined)
    size.restaurantsPerDistrict = wholeOption('restaurants', values.restaurants, 1, 500);
  if (values['orders-per-day'] !== undefined)
    size.ordersPerDay = wholeOption('orders-per-day', values['orders-per-day'], 100, 1_000_000);
  if (values['orders-per-customer'] !== undefined)
    size.ordersPerCustomer = wholeOption('orders-per-customer', values['orders-per-customer'], 1, 50);
  return size;
}

function durationOf({
  duration,
  forever,
  'dry-run': dryRun,
}: {
  duration?: string;
  forever: boolean;
  'dry-run': boolean;
}): Micros {
  if (forever && duration !== undefined) throw new UsageError('--forever has no end: leave out --duration');
  if (forever && dryRun) throw new UsageError('--dry-run has to end: leave out --forever');
  if (duration === undefined) return dryRun ? 0 : Number.POSITIVE_INFINITY;
  const ms = duration === '0' ? 0 : parseDuration(duration);
  if (ms === undefined)
    throw new UsageError(`--duration must be 0 or like 30m, 2h or 3d, not ${JSON.stringify(duration)}`);
  return Math.ceil((ms * MICROS_PER_MS) / MINUTE) * MINUTE;
}

function inStepOf(values: { 'in-step': boolean; 'in-step-every'?: string }): PlatformCommand['inStep'] {
  const every = values['in-step-every'];
  if (every === undefined) return values['in-step'] ? 'step' : null;
  const ms = parseDuration(every);
  if (ms !== undefined && (ms * MICROS_PER_MS) % MINUTE === 0) return ms * MICROS_PER_MS;
  throw new UsageError(
    `--in-step-every must be whole minutes, such as 30m or 6h, not ${JSON.stringify(every)}`,
  );
}

function topicsOf(text: string | undefined): readonly PlatformTopic[] {
  if (text === undefined) return PLATFORM_TOPICS;
  return text.split(',').map((part) => {
    const topic = PLATFORM_TOPICS.find((one) => one === part.trim());
    if (topic !== undefined) return topic;
    throw new UsageError(`--topics ${JSON.stringify(part)} is unknown: use ${PLATFORM_TOPICS.join(', ')}`);
  });
}

function startOf(text: string): Micros {
  const at = parseMoment(text, SEOUL);
  if (at === null || at < YEAR_2000)
    throw new UsageError(
      `--start must be a day such as 2026-03-01, or a time such as 2026-03-01T09:00:00+09:00, from 2000 on, not ${JSON.stringify(text)}`,
    );
  return Math.floor(at / MINUTE) * MINUTE;
}

function holiday(text: string): string {
  if (/^(\d{4}-)?\d{2}-\d{2}$/.test(text)) return text;
  throw new UsageError(
    `--holiday must be a day such as 2026-02-17, or 02-17 of every year, not ${JSON.stringify(text)}`,
  );
}
