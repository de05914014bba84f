import type { SourceAdapter } from './adapter.ts';
import { olistAdapter } from './olist/olist-adapter.ts';

/** Formats that can be replayed: a new one is a line here. */
export const ADAPTERS: readonly SourceAdapter[] = [olistAdapter];
