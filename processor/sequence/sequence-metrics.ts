import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is counted of following the milestones of orders. */
export interface SequenceMetrics {
  eventTime: Gauge;
  behind: Gauge;
  leads: Gauge;
  passes: Counter<'outcome'>;
  passSeconds: Histogram;
  followed: Counter<'kind'>;
  late: Counter<'kind'>;
  setAside: Counter<'kind'>;
}

export function createSequenceMetrics(registry: Registry): SequenceMetrics {
  const registers = [registry];
  return {
    eventTime: new Gauge({
      name: 'holdfast_event_time_seconds',
      help: 'How far event time has come, as seconds since 1970; 0 while nobody can say.',
      registers,
    }),
    behind: new Gauge({
      name: 'holdfast_sequence_behind_seconds',
      help: 'Event time that the milestones which have been followed are behind.',
      registers,
    }),
    leads: new Gauge({
      name: 'holdfast_sequence_leader',
      help: '1 while this instance follows the milestones; of several instances one does.',
      registers,
    }),
    passes: new Counter({
      name: 'holdfast_sequence_passes_total',
      help: 'Passes over the milestones of orders, by outcome: followed, failed.',
      labelNames: ['outcome'],
      registers,
    }),
    passSeconds: new Histogram({
      name: 'holdfast_sequence_pass_duration_seconds',
      help: 'Time of one pass, in one transaction.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    followed: new Counter({
      name: 'holdfast_milestones_followed_total',
      help: 'Milestones of orders that were followed, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    late: new Counter({
      name: 'holdfast_milestones_late_total',
      help: 'Milestones among them that came after event time had passed them, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    setAside: new Counter({
      name: 'holdfast_milestones_set_aside_total',
      help: 'Milestones of orders that the database refused for good, and that were passed without being followed, by kind.',
      labelNames: ['kind'],
      registers,
    }),
  };
}
