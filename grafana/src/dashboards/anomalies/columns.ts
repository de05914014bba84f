export const slack = { channel: { hidden: true }, slack: { hidden: true } } as const;
export const effect = { unit: 'percentunit', decimals: 0 } as const;
/** Figures of all series in one column: shares, seconds, counts. */
export const SHORT = { unit: 'short', decimals: 2 } as const;
