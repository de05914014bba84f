import { type TimeseriesOptions, timePanel } from './panels.ts';

export interface BandOptions extends TimeseriesOptions {
  /** Columns between which the ordinary lies. */
  readonly band: { readonly low: string; readonly high: string };
  /** Column of what came, drawn strongest. */
  readonly actual: string;
  /** Column that has a value only where something is to be marked with a dot. */
  readonly marked?: string;
}

/** What came, over the band in which it was expected. */
export function bandPanel(options: BandOptions) {
  const { low, high } = options.band;
  const panel = timePanel(options).fillOpacity(0);
  const edge = [
    { id: 'custom.lineWidth', value: 0 },
    { id: 'custom.showPoints', value: 'never' },
    { id: 'color', value: { mode: 'fixed', fixedColor: 'blue' } },
  ];
  panel.overrideByName(low, [...edge, { id: 'custom.fillOpacity', value: 0 }]);
  panel.overrideByName(high, [
    ...edge,
    { id: 'custom.fillBelowTo', value: low },
    { id: 'custom.fillOpacity', value: 20 },
  ]);
  panel.overrideByName(options.actual, [
    { id: 'custom.lineWidth', value: 2 },
    { id: 'custom.fillOpacity', value: 0 },
    { id: 'color', value: { mode: 'fixed', fixedColor: 'green' } },
  ]);
  if (options.marked !== undefined)
    panel.overrideByName(options.marked, [
      { id: 'custom.drawStyle', value: 'points' },
      { id: 'custom.pointSize', value: 8 },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
    ]);
  return panel;
}
