import { Counter, Gauge, type Registry } from 'prom-client';

/** What is counted of watching series. */
export interface DetectionMetrics {
  series: Gauge;
  steps: Counter;
  evaluations: Counter;
  findings: Counter<'metric' | 'severity'>;
  open: Gauge;
  observedTo: Gauge;
  behind: Gauge;
}

export function createDetectionMetrics(registry: Registry): DetectionMetrics {
  const registers = [registry];
  return {
    series: new Gauge({ name: 'holdfast_series_watched', help: 'Series that are watched.', registers }),
    steps: new Counter({
      name: 'holdfast_detection_steps_total',
      help: 'Steps of event time in which series were judged.',
      registers,
    }),
    evaluations: new Counter({
      name: 'holdfast_detector_evaluations_total',
      help: 'Points of series that were judged.',
      registers,
    }),
    findings: new Counter({
      name: 'holdfast_anomalies_total',
      help: 'Findings by metric of the series and first severity.',
      labelNames: ['metric', 'severity'],
      registers,
    }),
    open: new Gauge({ name: 'holdfast_anomalies_open', help: 'Findings that last.', registers }),
    observedTo: new Gauge({
      name: 'holdfast_detection_event_time_seconds',
      help: 'End of the last step that was judged, as seconds since 1970; 0 while there is nothing to judge.',
      registers,
    }),
    behind: new Gauge({
      name: 'holdfast_detection_behind_seconds',
      help: 'Event time that is over and has not been judged yet, in whole steps.',
      registers,
    }),
  };
}
