import { ApiError } from '../api-error.ts';
import type { JsonObject } from '../json.ts';

export interface Page<T> {
  items: T[];
  hasMore: boolean;
  metadata: JsonObject;
}

/** https://docs.slack.dev/apis/web-api/pagination. */
export function pageOf<T>(
  all: readonly T[],
  key: (item: T) => string,
  cursor: string,
  limit: number,
): Page<T> {
  const start = cursor === '' ? 0 : positionOf(all, key, cursor);
  const items = all.slice(start, start + limit);
  const next = all[start + limit];
  return {
    items,
    hasMore: next !== undefined,
    metadata: { next_cursor: next === undefined ? '' : encode(key(next)) },
  };
}

/** A cursor names the item a page begins with, so that new items in front of it shift nothing. */
function positionOf<T>(all: readonly T[], key: (item: T) => string, cursor: string): number {
  const position = all.findIndex((item) => encode(key(item)) === cursor);
  if (position < 0) throw new ApiError('invalid_cursor');
  return position;
}

function encode(key: string): string {
  return Buffer.from(`next:${key}`).toString('base64');
}
