import type { Link, StackEvent, StackState, Step } from './state.ts';

const eventsKept = 50;

/** Told about each change worth a line; the state itself may be read at any time. */
export type JournalListener = {
  readonly stepEnded?: (step: Step) => void;
  readonly happened?: (event: StackEvent) => void;
  readonly becameReady?: (state: StackState) => void;
  readonly stopping?: () => void;
};

/** Keeps what the live view shows. Times are milliseconds of a monotonic clock, except those of events. */
export class Journal {
  readonly state: StackState;
  readonly #now: () => number;
  #listener: JournalListener = {};

  constructor(stepNames: readonly string[], now: () => number = () => performance.now()) {
    this.#now = now;
    this.state = {
      phase: 'starting',
      startedAt: now(),
      steps: stepNames.map((name) => ({ name, state: 'waiting' })),
      events: [],
      links: [],
    };
  }

  listen(listener: JournalListener): void {
    this.#listener = listener;
  }

  /** Runs one of the named start-up steps and notes how long it took. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const step = this.state.steps.find((candidate) => candidate.name === name);
    if (step === undefined) throw new Error(`no start-up step is named ${name}`);
    step.state = 'running';
    step.startedAt = this.#now();
    try {
      const result = await work();
      step.state = 'done';
      return result;
    } catch (error) {
      step.state = 'failed';
      throw error;
    } finally {
      step.tookMs = this.#now() - step.startedAt;
      if (this.state.phase === 'starting') this.#listener.stepEnded?.(step);
    }
  }

  event(text: string): void {
    const event = { at: new Date(), text };
    this.state.events.push(event);
    if (this.state.events.length > eventsKept) this.state.events.shift();
    this.#listener.happened?.(event);
  }

  ready(links: readonly Link[]): void {
    this.state.phase = 'ready';
    this.state.readyAfterMs = this.#now() - this.state.startedAt;
    this.state.links = links;
    this.#listener.becameReady?.(this.state);
  }

  stopping(): void {
    this.state.phase = 'stopping';
    this.#listener.stopping?.();
  }
}
