import type { Fault, NewFault } from '../../../standin-types.ts';

export type FaultKindName = Fault['kind'];

type KindForm = {
  readonly kind: FaultKindName;
  readonly label: string;
  /** What it needs besides, and what the form begins with. */
  readonly parameter?: {
    readonly name: string;
    readonly label: string;
    readonly initial: string;
    readonly numeric: boolean;
    /** Written after it. */
    readonly unit?: string;
  };
};

export const kindForms: readonly KindForm[] = [
  {
    kind: 'http',
    label: 'Server error',
    parameter: { name: 'status', label: 'HTTP status', initial: '503', numeric: true },
  },
  {
    kind: 'ratelimited',
    label: 'Rate limited (429)',
    parameter: {
      name: 'retry_after',
      label: 'Retry-After, seconds',
      initial: '5',
      numeric: true,
      unit: ' s',
    },
  },
  {
    kind: 'latency',
    label: 'Slow',
    parameter: { name: 'ms', label: 'Milliseconds', initial: '2000', numeric: true, unit: ' ms' },
  },
  { kind: 'drop_after_store', label: 'Stored, then the connection drops' },
  { kind: 'drop_before_store', label: 'Connection drops before it is stored' },
  { kind: 'lose', label: 'Says ok, stores nothing' },
  {
    kind: 'error',
    label: "Slack's error",
    parameter: { name: 'error', label: 'Error', initial: 'invalid_blocks', numeric: false },
  },
  {
    kind: 'duplicate_clicks',
    label: 'Every click delivered several times',
    parameter: { name: 'times', label: 'Times', initial: '3', numeric: true },
  },
];

export const methods = [
  '*',
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'chat.delete',
  'conversations.history',
  'conversations.replies',
  'views.open',
  'views.update',
  'views.publish',
  'usergroups.users.list',
  'response_url',
] as const;

export type FaultDraft = {
  readonly kind: FaultKindName;
  readonly parameter: string;
  readonly method: string;
  /** Empty for all. */
  readonly channel: string;
  /** So many times; empty until it is cleared. */
  readonly remaining: string;
};

export function formOf(kind: FaultKindName): KindForm {
  return kindForms.find((form) => form.kind === kind) ?? (kindForms[0] as KindForm);
}

/** What a filled form asks for. */
export function faultOf(draft: FaultDraft): NewFault {
  const { parameter } = formOf(draft.kind);
  const scope =
    draft.kind === 'duplicate_clicks'
      ? {}
      : { method: draft.method, ...(draft.channel === '' ? {} : { channel: draft.channel }) };
  return {
    ...scope,
    ...(draft.remaining === '' ? {} : { remaining: Number(draft.remaining) }),
    kind: draft.kind,
    ...(parameter === undefined
      ? {}
      : { [parameter.name]: parameter.numeric ? Number(draft.parameter) : draft.parameter }),
  } as NewFault;
}

/** One line for a list of faults; channels by name. */
export function describeFault(fault: Fault, channelName: (id: string) => string): string {
  const { label, parameter } = formOf(fault.kind);
  const value =
    parameter === undefined ? undefined : (fault as unknown as Record<string, unknown>)[parameter.name];
  const what = value === undefined ? label : `${label}: ${value}${parameter?.unit ?? ''}`;
  const method = fault.method === undefined || fault.method === '*' ? '' : ` · ${fault.method}`;
  const channel = fault.channel === undefined ? '' : ` · #${channelName(fault.channel)}`;
  const times = fault.remaining === undefined ? '' : ` · ${fault.remaining} more`;
  return `${what}${method}${channel}${times}`;
}
