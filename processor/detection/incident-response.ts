import type { SourceReading } from '../../domain/causes/source-reading.ts';
import type { Incident } from '../../domain/incidents/incident.ts';
import { IncidentDesk } from '../../domain/incidents/incident-desk.ts';
import { HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { latestSourceReadings } from '../causes/sql/latest-source-readings.ts';
import { loadOpenIncidents } from '../causes/sql/load-open-incidents.ts';
import { upsertIncidents } from '../causes/sql/upsert-incidents.ts';
import type { Responder } from '../response/responder.ts';
import { tellIncidents } from '../response/tell-incidents.ts';
import { assignFindings } from './sql/assign-findings.ts';
import type { DetectedStep, StepDesk } from './step-desk.ts';

/** What was read of outside sources before that says nothing of a step. */
const READINGS_LAST: Micros = HOUR;

/** Findings to incidents and their causes, and these to actions: in that order, step by step. */
export class IncidentResponse implements StepDesk {
  private readonly incidents = new IncidentDesk();
  private readonly responder: Responder;
  private readings: readonly SourceReading[] = [];
  private changed = new Map<string, Incident>();

  constructor(responder: Responder) {
    this.responder = responder;
  }

  async restore(connection: Connection): Promise<void> {
    this.incidents.restore(await loadOpenIncidents(connection));
    await this.responder.restore(connection);
  }

  async prepare(connection: Connection, { now }: Pick<DetectedStep, 'now'>): Promise<void> {
    this.readings = await latestSourceReadings(connection, now - READINGS_LAST, now);
    await this.responder.prepare(connection);
  }

  observe(step: DetectedStep): void {
    const changes = this.incidents.observe({ ...step, readings: this.readings });
    for (const { incident } of changes) this.changed.set(incident.incidentId, incident);
    const closed = changes.flatMap(({ kind, incident }) => (kind === 'CLOSED' ? [incident] : []));
    const { from, now, deviations } = step;
    this.responder.observe({ from, now, deviations, incidents: [...this.incidents.incidents(), ...closed] });
  }

  async persist(connection: Connection): Promise<void> {
    const changed = [...this.changed.values()];
    this.changed = new Map();
    await upsertIncidents(connection, this.incidents.takeTouched());
    await assignFindings(connection, changed);
    await tellIncidents(connection, changed);
    await this.responder.persist(connection);
  }
}
