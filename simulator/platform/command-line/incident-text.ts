import { REFUSAL_REASONS, type RefusalReason } from '../../../domain/platform/restaurant-event.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import { UsageError } from '../../../platform/cli/command-line.ts';
import { parseDuration } from '../../command-line/duration.ts';
import { INCIDENT_KINDS, type IncidentKind, PAYMENT_METHODS, STRENGTHS } from '../incidents/incident.ts';

/** An incident as the command line says it; its beginning may be counted from when live time begins. */
export interface IncidentWish {
  kind: IncidentKind;
  region: string | null;
  restaurant: string | null;
  method: string | null;
  reason: RefusalReason | null;
  at: { time: Micros } | { afterLive: Micros };
  length: Micros;
  strength: number;
}

const MEMBERS = ['kind', 'region', 'restaurant', 'method', 'reason', 'at', 'for', 'strength'] as const;
type Member = (typeof MEMBERS)[number];

const MICROS_PER_MS = 1_000;

/** What a kind happens to: one of these has to be named. */
const PLACES: Readonly<Record<IncidentKind, readonly ('region' | 'restaurant' | 'method')[]>> = {
  RIDERS_SHORT: ['region'],
  RESTAURANT_OUTAGE: ['restaurant', 'region'],
  REFUSALS: ['restaurant', 'region'],
  PAYMENT_ERROR: ['method'],
  WEATHER: ['region'],
  TRAFFIC: ['region'],
  PREPARATION_DELAY: ['restaurant', 'region'],
  ROUTING: ['region'],
  DEMAND_SURGE: ['region'],
  DEMAND_DROP: ['region'],
  CUSTOMERS_LEAVE: ['region'],
};

/** `kind=RIDERS_SHORT,region=Gangnam-gu,at=+2h,for=90m,strength=.8` @throws {UsageError} */
export function parseIncident(text: string): IncidentWish {
  const said = members(text);
  const kind = kindOf(said.get('kind'), text);
  const places = PLACES[kind];
  const named = places.filter((place) => said.has(place));
  const others = (['region', 'restaurant', 'method'] as const).filter((place) => !places.includes(place));
  const wrong = others.find((place) => said.has(place));
  if (wrong !== undefined || named.length !== 1)
    throw new UsageError(`--incident ${text}: ${kind} needs ${places.join(' or ')}, and no other place`);
  return {
    kind,
    region: said.get('region') ?? null,
    restaurant: said.get('restaurant') ?? null,
    method: methodOf(said.get('method'), text),
    reason: reasonOf(kind, said.get('reason'), text),
    at: momentOf(said.get('at') ?? '+0s', text),
    length: lengthOf(said.get('for') ?? '90m', text),
    strength: strengthOf(kind, said.get('strength'), text),
  };
}

function members(text: string): Map<Member, string> {
  const said = new Map<Member, string>();
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    const known = MEMBERS.find((one) => one === name);
    if (known === undefined || said.has(known))
      throw new UsageError(
        `--incident ${text}: ${JSON.stringify(part)} is not one of ${MEMBERS.map((one) => `${one}=...`).join(', ')}, each once`,
      );
    said.set(known, part.slice(equals + 1).trim());
  }
  return said;
}

function kindOf(said: string | undefined, text: string): IncidentKind {
  const name = said?.toUpperCase().replaceAll('-', '_');
  const kind = INCIDENT_KINDS.find((one) => one === name);
  if (kind === undefined)
    throw new UsageError(`--incident ${text}: kind must be one of ${INCIDENT_KINDS.join(', ')}`);
  return kind;
}

function methodOf(said: string | undefined, text: string): string | null {
  if (said === undefined) return null;
  if (!PAYMENT_METHODS.some((method) => method === said))
    throw new UsageError(`--incident ${text}: method must be one of ${PAYMENT_METHODS.join(', ')}`);
  return said;
}

function reasonOf(kind: IncidentKind, said: string | undefined, text: string): RefusalReason | null {
  if (kind !== 'REFUSALS') {
    if (said === undefined) return null;
    throw new UsageError(`--incident ${text}: only REFUSALS have a reason`);
  }
  const name = (said ?? 'OTHER').toUpperCase().replaceAll('-', '_');
  const reason = REFUSAL_REASONS.find((one) => one === name);
  if (reason === undefined)
    throw new UsageError(`--incident ${text}: reason must be one of ${REFUSAL_REASONS.join(', ')}`);
  return reason;
}

function momentOf(said: string, text: string): IncidentWish['at'] {
  if (/^[+-]/.test(said)) {
    const length = said.slice(1) === '0s' ? 0 : parseDuration(said.slice(1));
    if (length !== undefined) return { afterLive: (said.startsWith('-') ? -length : length) * MICROS_PER_MS };
  }
  const time = parseIso8601(said);
  if (time !== null) return { time };
  throw new UsageError(
    `--incident ${text}: at must be like +2h (after live time begins), -1d (before it), or a time with an offset such as 2026-03-01T09:00:00+09:00`,
  );
}

function lengthOf(said: string, text: string): Micros {
  const ms = parseDuration(said);
  if (ms === undefined) throw new UsageError(`--incident ${text}: for must be like 90m or 2h`);
  return ms * MICROS_PER_MS;
}

function strengthOf(kind: IncidentKind, said: string | undefined, text: string): number {
  const { least, usual, most } = STRENGTHS[kind];
  if (said === undefined) return usual;
  const strength = said === '' ? Number.NaN : Number(said);
  if (!(strength >= least && strength <= most))
    throw new UsageError(`--incident ${text}: strength of ${kind} must be a number from ${least} to ${most}`);
  return strength;
}
