import type { Micros } from '../../../domain/time/micros.ts';
import type { IncidentKind, InjectedIncident } from './incident.ts';

/** How long something has been going on, and goes on. */
export interface Course {
  since: Micros;
  left: Micros;
}

const NOTHING = { of: 0, over: { since: 0, left: 0 } } as const;

/** All incidents that were injected, and which are going on. */
export class IncidentBook {
  readonly #all = new Map<string, InjectedIncident>();
  /** Those of each kind, by their beginning. */
  readonly #byKind = new Map<IncidentKind, InjectedIncident[]>();

  /** @throws {RangeError} when there is one of this id */
  add(incident: InjectedIncident): void {
    if (this.#all.has(incident.incidentId))
      throw new RangeError(`there is an incident ${incident.incidentId} already`);
    this.#all.set(incident.incidentId, incident);
    const same = [...(this.#byKind.get(incident.kind) ?? []), incident].sort((a, b) => a.from - b.from);
    this.#byKind.set(incident.kind, same);
  }

  all(): readonly InjectedIncident[] {
    return [...this.#all.values()];
  }

  /** All that go on. */
  going(at: Micros): InjectedIncident[] {
    return this.all().filter(({ from, to }) => from <= at && at < to);
  }

  /** Those of a kind that go on. */
  active(kind: IncidentKind, at: Micros): InjectedIncident[] {
    return (this.#byKind.get(kind) ?? []).filter(({ from, to }) => from <= at && at < to);
  }

  /** The strongest of a kind that goes on in a region; strength 0 when there is none. */
  strongest(kind: IncidentKind, region: string, at: Micros): { of: number; over: Course } {
    const known = this.#byKind.get(kind);
    if (known === undefined) return NOTHING;
    let strongest: InjectedIncident | null = null;
    for (const incident of known) {
      if (incident.from > at) break;
      if (at >= incident.to || (incident.region !== null && incident.region !== region)) continue;
      if (strongest === null || incident.strength > strongest.strength) strongest = incident;
    }
    if (strongest === null) return NOTHING;
    return { of: strongest.strength, over: { since: at - strongest.from, left: strongest.to - at } };
  }

  /** Ends one earlier. */
  endAt(incidentId: string, at: Micros): void {
    const incident = this.#all.get(incidentId);
    if (incident !== undefined) incident.to = Math.min(incident.to, at);
  }
}
