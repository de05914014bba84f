import type { Micros } from '../../domain/time/micros.ts';
import type { Answer, FoundMessage, SlackCalls } from './slack-calls.ts';

/** A channel, or a thread in it. By Slack's ids. */
export interface Place {
  channel: string;
  threadTs: string | null;
}

/** What was found in a place: our messages by key, oldest first; and back to when it was read. */
export interface Found {
  byKey: ReadonlyMap<string, readonly FoundMessage[]>;
  /** All that is newer has been read; -Infinity: everything asked for. */
  readFrom: Micros;
}

/**
 * Reads our messages in a place since `oldest`.
 *
 * @param mostPages of a channel, so many pages of 200 messages, newest first; of a thread all are read
 */
export async function findOurs(
  calls: SlackCalls,
  { channel, threadTs }: Place,
  oldest: Micros,
  mostPages: number,
): Promise<Answer<Found>> {
  const byKey = new Map<string, FoundMessage[]>();
  let readFrom = Number.POSITIVE_INFINITY;
  let cursor: string | undefined;
  for (let pages = 0; ; ) {
    const page: Awaited<ReturnType<SlackCalls['history']>> =
      threadTs === null
        ? await calls.history(channel, oldest, cursor)
        : await calls.replies(channel, threadTs, oldest, cursor);
    if (!page.ok) return page;
    for (const message of page.value.messages) {
      readFrom = Math.min(readFrom, Number(message.ts) * 1e6);
      if (message.key === null) continue;
      const same = byKey.get(message.key) ?? [];
      byKey.set(
        message.key,
        [...same, message].toSorted((a, b) => Number(a.ts) - Number(b.ts)),
      );
    }
    pages += 1;
    if (page.value.cursor === null) return { ok: true, value: { byKey, readFrom: Number.NEGATIVE_INFINITY } };
    if (threadTs === null && pages >= mostPages) return { ok: true, value: { byKey, readFrom } };
    cursor = page.value.cursor;
  }
}
