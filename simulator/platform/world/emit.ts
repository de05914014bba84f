import type { WorldEvent } from './world-event.ts';

/** Where what happens is told; its time lies in the minute that is being lived. */
export type Emit = (event: WorldEvent) => void;
