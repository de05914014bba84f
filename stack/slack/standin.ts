import type { CallLog } from './call-log.ts';
import type { Changes } from './changes.ts';
import type { DeliveryLog } from './deliver/delivery-log.ts';
import type { ResponseUrls } from './deliver/response-urls.ts';
import type { SocketMode } from './deliver/socket-mode.ts';
import type { Triggers } from './deliver/triggers.ts';
import type { Directory } from './directory.ts';
import type { FaultControls } from './faults.ts';
import type { MessageStore } from './message-store.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ViewStore } from './view-store.ts';

/** Everything the parts of the stand-in share, passed to each of them. */
export interface Standin {
  readonly secrets: { botToken: string; signingSecret: string; appToken: string | null };
  /** Where interactions go. */
  readonly target: { requestUrl: string | null; preferSocket: boolean };
  /** Slack gives an app three seconds. */
  readonly deadlineMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where it is reached, `http://127.0.0.1:3401`; known once it listens. */
  readonly address: { url: string };
  readonly directory: Directory;
  readonly changes: Changes;
  readonly messages: MessageStore;
  readonly views: ViewStore;
  readonly calls: CallLog;
  readonly faults: FaultControls;
  readonly rateLimits: RateLimits;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly sockets: SocketMode;
  readonly deliveries: DeliveryLog;
  /** Aborted when it stops. */
  readonly stopping: AbortSignal;
}
