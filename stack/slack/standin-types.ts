import type { AnyBlock, MessageAttachment, MessageMetadata } from '@slack/types';

/** What the stand-in holds, as its page and `state()` show it. */
export interface StandinState {
  team: { id: string; name: string };
  app: { bot_user_id: string; name: string };
  users: StandinUser[];
  user_groups: StandinUserGroup[];
  channels: StandinChannel[];
  /** Of all channels, ascending by ts. */
  messages: StandinMessage[];
  /** Open modals; the last one of a user is on top. */
  views: OpenView[];
  /** The App Home of each user who was given one. */
  homes: Record<string, StandinView>;
  faults: Fault[];
  /** The last 200 calls of the Web API, oldest first. */
  calls: ApiCallRecord[];
}

export interface StandinUser {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
}

export interface StandinUserGroup {
  id: string;
  handle: string;
  name: string;
  /** Ids of its members. */
  users: string[];
}

export interface StandinChannel {
  id: string;
  name: string;
  is_archived: boolean;
}

export interface StandinMessage {
  channel: string;
  /** Unique in the stand-in and ascending: seconds since the epoch with six decimals. */
  ts: string;
  /** Id of who posted it. */
  user: string;
  thread_ts?: string;
  /** A reply that is shown in the channel as well. */
  reply_broadcast?: boolean;
  /** As it was sent. */
  text: string;
  /** As they were sent, with the block_id and action_id Slack adds where there was none. */
  blocks?: AnyBlock[];
  attachments?: MessageAttachment[];
  metadata?: MessageMetadata;
  edited?: { ts: string };
  /** Id of the one user who sees it. */
  ephemeral_to?: string;
  /** The command it answers, `/holdfast`. */
  from_command?: string;
  /**
   * Whom it addresses, each once, in the order of the text and without labels: `<@U0KIM>`, `<!subteam^S0OPS>`, `<!here>`,
   * `<!channel>`, `<!everyone>`. Looks at text, mrkdwn objects, rich text and attachments, never at plain_text.
   */
  mentions: string[];
}

/** `state.values` of a view or a message: block_id, then action_id. */
export type ViewValues = Record<string, Record<string, ElementValue>>;

/** What a user put into one element, in the form Slack reports it. */
export interface ElementValue {
  type: string;
  value?: string | null;
  selected_option?: SelectedOption | null;
  selected_options?: SelectedOption[];
  [more: string]: unknown;
}

export interface SelectedOption {
  value: string;
  text?: { type: string; text: string; emoji?: boolean };
}

export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji?: boolean;
}

/** A modal or an App Home as Slack hands it back: what was sent, and ids, hash and state. */
export interface StandinView {
  id: string;
  team_id: string;
  app_id: string;
  bot_id: string;
  type: 'modal' | 'home';
  title?: PlainText;
  submit?: PlainText | null;
  close?: PlainText | null;
  blocks: AnyBlock[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  /** Changes with every update; views.update may ask for it. */
  hash: string;
  /** What the user has changed since it was opened, and initial values of its inputs. */
  state: { values: ViewValues };
  root_view_id: string;
  previous_view_id: string | null;
}

export interface OpenView {
  id: string;
  user_id: string;
  view: StandinView;
}

export type Fault = FaultScope & FaultKind;

/** Where and how often a fault happens. */
export interface FaultScope {
  id: string;
  /** A method of the Web API, `response_url`, or `*` for all of these. */
  method?: string;
  /** Id or #name of a channel. */
  channel?: string;
  /** So many more times; without it, until it is cleared. */
  remaining?: number;
}

export type FaultKind =
  /** HTTP 429. `retry_after` in seconds, default 1. */
  | { kind: 'ratelimited'; retry_after?: number }
  | { kind: 'http'; status: number }
  /** Stores, then cuts the connection. */
  | { kind: 'drop_after_store' }
  | { kind: 'drop_before_store' }
  /** Answers ok and stores nothing. */
  | { kind: 'lose' }
  /** Milliseconds before anything else is done. */
  | { kind: 'latency'; ms: number }
  /** HTTP 200 with ok: false and this error. */
  | { kind: 'error'; error: string }
  /** Every click, submission and command is sent so often, at once, each with a trigger and a signature of its own. */
  | { kind: 'duplicate_clicks'; times: number };

/** A fault to set: the id is given by the stand-in unless there is one. */
export type NewFault = Omit<FaultScope, 'id'> & { id?: string } & FaultKind;

export interface ApiCallRecord {
  method: string;
  /** ISO 8601. */
  at: string;
  /** `ok`, an error of Slack, `ratelimited`, `http 503`, `dropped` or `lost`. */
  outcome: string;
  /** Id where the channel exists, else what was sent. */
  channel?: string;
}

/** How a click, submission or command ended. Slack gives an app three seconds. */
export type Delivery =
  | {
      delivered: true;
      /** HTTP status of the app; 200 for Socket Mode. */
      status: number;
      elapsed_ms: number;
    }
  | { delivered: false; error: 'operation_timeout' | 'dispatch_failed'; elapsed_ms: number; status?: number };

/** A submission that the app may refuse with an error per block. */
export type SubmitDelivery = Delivery & { errors?: Record<string, string> };

/** Body of `POST /standin/act`: which element was used, and what was chosen. */
export interface Click {
  user_id: string;
  /** Id or #name; with `message_ts`. */
  channel?: string;
  message_ts?: string;
  /** Instead of channel and message_ts; the id of an open modal or of an App Home. */
  view_id?: string;
  block_id: string;
  action_id: string;
  value?: string;
  /** The chosen option, or only its value. */
  selected_option?: SelectedOption | string;
  selected_options?: (SelectedOption | string)[];
  selected_user?: string;
  selected_users?: string[];
  selected_channel?: string;
  selected_conversation?: string;
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
  /** What stands in the other inputs meanwhile; else what is known of them. */
  values?: ViewValues;
}

export interface Submission {
  user_id: string;
  view_id: string;
  values: ViewValues;
}

export interface Command {
  user_id: string;
  channel: string;
  /** With its slash. */
  command: string;
  text: string;
}
