import type { HoldSignal } from '../order/event.ts';
import { compareVersions, type EventVersion } from '../order/event-order.ts';
import type { Micros } from '../time/micros.ts';

/** An inbound HOLD or HOLD_CLEARED. */
export interface HoldToggle {
  version: EventVersion;
  signal: HoldSignal;
  reasonCode: string | null;
  eventId: string;
}

export interface ExternalEpisode {
  /** From 1. */
  episode: number;
  openedAt: Micros;
  /** Null: still open. */
  closedAt: Micros | null;
  /** The reason the outside system gave. */
  reasonCode: string | null;
  eventId: string;
}

/**
 * The holds that inbound events opened and closed: each run of HOLDs is an episode, from its first HOLD to the first
 * HOLD_CLEARED after it.
 *
 * A late event can split an episode or move its ends, never remove one, and never reopen a closed one: the k-th run
 * only ever starts earlier, so a HOLD_CLEARED after it stays after it.
 */
export function externalEpisodes(toggles: readonly HoldToggle[]): ExternalEpisode[] {
  const episodes: ExternalEpisode[] = [];
  let open: ExternalEpisode | null = null;
  for (const toggle of toggles.toSorted((a, b) => compareVersions(a.version, b.version))) {
    if (toggle.signal === 'clear') {
      if (open !== null) open.closedAt = toggle.version[0];
      open = null;
    } else if (open === null) {
      open = {
        episode: episodes.length + 1,
        openedAt: toggle.version[0],
        closedAt: null,
        reasonCode: toggle.reasonCode,
        eventId: toggle.eventId,
      };
      episodes.push(open);
    }
  }
  return episodes;
}
