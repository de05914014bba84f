import type { Releasers } from '../../platform/lifecycle/releasers.ts';
import { within } from '../../platform/lifecycle/within.ts';
import type { ProcessorContext } from '../context.ts';
import { SourcePoller } from './source-poller.ts';

/** How long a stop waits for a question under way; its answer is not needed. */
const LEAVE_AFTER_MS = 1000;

/** Asks outside sources, where there are any. Every instance does, and keeps what it is told first. */
export function startSources(context: ProcessorContext, releasers: Releasers): void {
  const { sources, detectionStep } = context.config;
  if (sources.weather === null && sources.traffic === null && sources.health.size === 0) return;
  const poller = new SourcePoller({ ...context, metrics: context.metrics.sources }, sources, {
    every: detectionStep,
  });
  poller.start();
  releasers.push('sources', () => within(LEAVE_AFTER_MS, poller.stop()));
}
