/** An incident as the story knows it. */
export interface ToldIncident {
  incidentId: string;
  /** Simulated time of its first finding, its latest change, and its end; null: it is not over. */
  openedAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  scope: Readonly<Record<string, string>>;
  /** Null: still being looked into. */
  cause: string | null;
  /** 0..1, of the cause. */
  probability: number | null;
  /** The strongest thing that speaks for the cause, as a sentence. */
  evidence: string | null;
}

/** An action as the story knows it. */
export interface ToldAction {
  actionId: string;
  action: string;
  target: string | null;
  status: string;
  decidedAt: Date;
  /** Seconds from the action until its series was back in its band; null: it is not. */
  returnedAfterSeconds: number | null;
  /** Sums or means over the time it was followed; null: it has not been followed yet. */
  observed: number | null;
  withoutAction: number | null;
}

/** What the database says at one moment. */
export interface StoryPage {
  incidents: readonly ToldIncident[];
  actions: readonly ToldAction[];
}

/** Tells what is new since the last look, in lines for people. */
export class Story {
  private readonly told = new Set<string>();
  private readonly timeOfDay: (at: Date) => string;

  /** @param timeOfDay how a simulated time is written */
  constructor(timeOfDay: (at: Date) => string) {
    this.timeOfDay = timeOfDay;
  }

  /** Lines about what has changed, oldest first. What was told once is not told again. */
  turn({ incidents, actions }: StoryPage): string[] {
    const lines: { at: Date; text: string }[] = [];
    const tell = (key: string, at: Date, text: string) => {
      if (this.told.has(key)) return;
      this.told.add(key);
      lines.push({ at, text });
    };
    for (const incident of incidents) {
      const { incidentId, openedAt, updatedAt, closedAt, cause } = incident;
      const place = placeOf(incident.scope);
      tell(`${incidentId}/opened`, openedAt, `something is unusual: ${place}`);
      if (cause !== null) tell(`${incidentId}/${cause}`, updatedAt, causeLine(incident, place));
      if (closedAt !== null) tell(`${incidentId}/closed`, closedAt, `over: ${place}`);
    }
    for (const action of actions) {
      tell(`${action.actionId}/${action.status}`, action.decidedAt, actionLine(action));
      if (action.returnedAfterSeconds !== null)
        tell(
          `${action.actionId}/returned`,
          action.decidedAt,
          effectLine(action, action.returnedAfterSeconds),
        );
    }
    lines.sort((a, b) => a.at.getTime() - b.at.getTime());
    return lines.map(({ at, text }) => `${this.timeOfDay(at)}  ${text}`);
  }
}

function placeOf(scope: ToldIncident['scope']): string {
  const parts = Object.entries(scope).map(([kind, name]) => `${kind} ${name}`);
  return parts.length === 0 ? 'the whole platform' : parts.join(', ');
}

function causeLine({ cause, probability, evidence }: ToldIncident, place: string): string {
  const sure = probability === null ? '' : ` (${Math.round(probability * 100)} %)`;
  const because = evidence === null ? '' : `: ${evidence}`;
  return cause === 'UNKNOWN' ? `no cause found for ${place}` : `cause ${cause}${sure} in ${place}${because}`;
}

function actionLine({ action, target, status }: ToldAction): string {
  const to = target === null ? '' : ` for ${target.replace('=', ' ')}`;
  return `action ${action}${to}: ${status}`;
}

function effectLine({ action, observed, withoutAction }: ToldAction, seconds: number): string {
  const compared =
    observed === null || withoutAction === null
      ? ''
      : `; ${round(observed)} instead of an estimated ${round(withoutAction)} without it`;
  return `back as expected ${Math.round(seconds / 60)} min after ${action}${compared}`;
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
