import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

export type Limits =
  /** Bad from these values up. */
  | { readonly warn: number; readonly bad: number }
  /** Bad below these values. */
  | { readonly warnBelow: number; readonly badBelow: number };

export interface Step {
  readonly value: number | null;
  readonly color: string;
}

export const COLOURS = { good: 'green', warn: 'orange', bad: 'red', calm: 'blue', none: 'text' } as const;

export function steps(limits: Limits | undefined): Step[] {
  if (limits === undefined) return [{ value: null, color: COLOURS.none }];
  if ('warn' in limits)
    return [
      { value: null, color: COLOURS.good },
      { value: limits.warn, color: COLOURS.warn },
      { value: limits.bad, color: COLOURS.bad },
    ];
  return [
    { value: null, color: COLOURS.bad },
    { value: limits.badBelow, color: COLOURS.warn },
    { value: limits.warnBelow, color: COLOURS.good },
  ];
}

export const thresholds = (limits: Limits | undefined) =>
  new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps(steps(limits).map((step) => ({ ...step })));

const COLOUR_OF: Readonly<Record<string, string>> = {
  HOLD: 'red',
  OPEN: 'red',
  LATE: 'red',
  critical: 'red',
  dead: 'red',
  uncertain: 'orange',
  warning: 'orange',
  ACK: 'orange',
  RETRY_REQUESTED: 'orange',
  PAYMENT: 'blue',
  CREATED: 'blue',
  PAID: 'blue',
  PICKING: 'purple',
  PACKED: 'purple',
  FULFILLMENT: 'purple',
  SHIPPED: 'super-light-green',
  LOGISTICS: 'super-light-green',
  DELIVERED: 'green',
  RESOLVED: 'green',
  CLEARED: 'green',
  sent: 'green',
  CANCELED: 'text',
  FAILED: 'red',
  PROPOSED: 'orange',
  APPROVED: 'blue',
  SENT: 'blue',
  DONE: 'green',
  OVER: 'green',
  UNDONE: 'text',
  FALLING: 'orange',
  LOST: 'red',
  REGULAR: 'green',
  NEW: 'blue',
  RUNNING: 'blue',
};

/** The same status has the same colour on every board. */
export const statusMappings = (): dashboard.ValueMapping[] => [
  {
    type: dashboard.MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(COLOUR_OF).map(([text, color], index) => [text, { color, index, text }]),
    ),
  },
];

/** An empty cell has the colour of text: it would have that of the lowest step. */
export const nothingIsCalm = (): dashboard.ValueMapping[] => [
  {
    type: dashboard.MappingType.SpecialValue,
    options: {
      match: dashboard.SpecialValueMatch.NullAndNan,
      result: { text: '–', color: COLOURS.none, index: 0 },
    },
  },
];
