import { validateOrder } from '../holds/validation.ts';
import type { Micros } from '../time/micros.ts';
import { FIELD_NAMES, type FieldValue, ORDER_CREATED, type OrderEvent, type OrderFields } from './event.ts';
import { compareVersions, type EventVersion, versionOf } from './event-order.ts';
import { isTerminal, type OrderStatus } from './status.ts';

/** First time (event time) an order reached a status; absent until it does. */
export type StageTimes = Partial<Record<OrderStatus, Micros>>;

/** The earliest ORDER_CREATED event that FUL-VALID objects to. */
export interface InvalidCreation {
  version: EventVersion;
  problems: readonly string[];
}

/**
 * One order, folded from its events.
 *
 * Everything here is a maximum or a minimum over the set of events by {@link EventVersion}, so folding is commutative,
 * associative and idempotent (a join semilattice): order of arrival, duplicates and batch boundaries cannot matter, and
 * a late event needs no look back at the others. `versions` holds the version each field's value came from.
 */
export interface OrderState {
  readonly orderId: string;
  fields: OrderFields;
  versions: Record<keyof OrderFields, EventVersion | null>;
  status: OrderStatus | null;
  statusVersion: EventVersion | null;
  lastEventType: string;
  lastVersion: EventVersion;
  producedAt: Micros | null;
  firstEventAt: Micros;
  /** First ORDER_CREATED event; an order may be known by later events only. */
  createdEventAt: Micros | null;
  stageTimes: StageTimes;
  invalid: InvalidCreation | null;
}

/** The state of an order known by one event only. */
export function startOrder(event: OrderEvent): OrderState {
  const version = versionOf(event);
  const state: OrderState = {
    orderId: event.orderId,
    fields: { ...event.fields },
    versions: noVersions(),
    status: null,
    statusVersion: null,
    lastEventType: event.eventType,
    lastVersion: version,
    producedAt: event.producedAt,
    firstEventAt: event.occurredAt,
    createdEventAt: null,
    stageTimes: {},
    invalid: null,
  };
  foldEvent(state, event);
  return state;
}

/**
 * Folds one more event into the state, in place: a batch folds thousands, and copying the state for each doubled the
 * time of this step.
 */
export function foldEvent(state: OrderState, event: OrderEvent): void {
  const version = versionOf(event);
  const order = compareVersions(version, state.lastVersion);
  if (order > 0) {
    state.lastVersion = version;
    state.lastEventType = event.eventType;
    state.producedAt = event.producedAt;
  } else if (order === 0) {
    state.producedAt = earliest(state.producedAt, event.producedAt);
  }
  foldFields(state, event, version);
  state.firstEventAt = Math.min(state.firstEventAt, event.occurredAt);
  if (event.eventType === ORDER_CREATED) foldCreation(state, event, version);
  if (event.status !== null) foldStatus(state, event.status, version);
}

function foldFields(state: OrderState, event: OrderEvent, version: EventVersion): void {
  for (const name of FIELD_NAMES) {
    if (event.fields[name] === null) continue;
    const known = state.versions[name];
    if (known !== null && compareVersions(version, known) <= 0) continue;
    state.versions[name] = version;
    (state.fields as Record<keyof OrderFields, FieldValue>)[name] = event.fields[name];
  }
}

function foldCreation(state: OrderState, event: OrderEvent, version: EventVersion): void {
  state.createdEventAt = earliest(state.createdEventAt, event.occurredAt);
  const problems = validateOrder(event.fields);
  if (problems.length === 0) return;
  if (state.invalid === null || compareVersions(version, state.invalid.version) < 0) {
    state.invalid = { version, problems };
  }
}

/** A terminal status beats every other; among equals the later version wins. */
function foldStatus(state: OrderState, status: OrderStatus, version: EventVersion): void {
  state.stageTimes[status] = earliest(state.stageTimes[status] ?? null, version[0]) ?? version[0];
  const ends = isTerminal(status);
  const ended = isTerminal(state.status);
  if (ended && !ends) return;
  const later = state.statusVersion === null || compareVersions(version, state.statusVersion) > 0;
  if (later || (ends && !ended)) {
    state.status = status;
    state.statusVersion = version;
  }
}

function earliest(a: Micros | null, b: Micros | null): Micros | null {
  if (a === null) return b;
  return b === null || a < b ? a : b;
}

function noVersions(): Record<keyof OrderFields, EventVersion | null> {
  const versions = {} as Record<keyof OrderFields, EventVersion | null>;
  for (const name of FIELD_NAMES) versions[name] = null;
  return versions;
}
