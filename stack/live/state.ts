export type StepState = 'waiting' | 'running' | 'done' | 'failed';

export type Step = {
  readonly name: string;
  state: StepState;
  /** On the state's clock. */
  startedAt?: number;
  /** Milliseconds it took, once it has ended. */
  tookMs?: number;
};

export type Link = { readonly label: string; readonly url: string };

/** What the processor's metrics say, over the last seconds where it is a rate. */
export type Traffic = {
  readonly recordsPerSecond: number;
  readonly consumed: number;
  readonly duplicate: number;
  readonly deadLettered: number;
  readonly holdsOpened: number;
  /** Records not yet consumed, over all partitions; undefined until it is known. */
  readonly lag: number | undefined;
  /** Seconds from produced to committed, 95th percentile. */
  readonly latencyP95: number | undefined;
  /** Records per second of the last minute or so, oldest first. */
  readonly history: readonly number[];
  readonly alerts: Alerts;
};

/** Unresolved alerts, and messages not yet in Slack. */
export type Alerts = {
  readonly open: number;
  readonly acknowledged: number;
  readonly retrying: number;
  readonly unsent: number;
};

export type HoldRow = { readonly orderId: string; readonly reason: string; readonly openedAt: Date };

export type WindowRow = {
  readonly start: Date;
  readonly orders: number;
  readonly payments: number;
  readonly shipped: number;
  readonly holds: number;
};

/** What the database says. */
export type Holds = {
  /** Open holds by reason code. */
  readonly open: Readonly<Record<string, number>>;
  readonly latest: readonly HoldRow[];
};

export type StackEvent = { readonly at: Date; readonly text: string };

/** Everything the live view shows. */
export type StackState = {
  phase: 'starting' | 'ready' | 'stopping';
  readonly startedAt: number;
  /** Milliseconds from start to ready. */
  readyAfterMs?: number;
  readonly steps: Step[];
  readonly events: StackEvent[];
  links: readonly Link[];
  traffic?: Traffic;
  holds?: Holds;
  window?: WindowRow;
};
