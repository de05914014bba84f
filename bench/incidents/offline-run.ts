import type { Finding } from '../../domain/detection/finding.ts';
import type { Incident } from '../../domain/incidents/incident.ts';
import { IncidentDesk } from '../../domain/incidents/incident-desk.ts';
import { SeriesCollector } from '../../domain/series/series-collector.ts';
import { SeriesMonitor } from '../../domain/series/series-monitor.ts';
import { MINUTE, type Micros } from '../../domain/time/micros.ts';
import { PlatformFacts } from '../../simulator/platform/render/platform-facts.ts';
import type { PlatformWorld } from '../../simulator/platform/world/platform-world.ts';
import { sourceReadings } from '../../simulator/platform/world/source-readings.ts';

export const STEP: Micros = 5 * MINUTE;

/** What was found in a run, each as it was last seen. */
export interface Found {
  findings: ReadonlyMap<string, Finding>;
  incidents: ReadonlyMap<string, Incident>;
  /** Most series that were watched at once. */
  series: number;
}

/**
 * Lives a world, and watches it as the processor does, in memory: facts, steps, detectors, incidents.
 *
 * @param progress told after every step
 */
export function runOffline(world: PlatformWorld, until: Micros, progress: (now: Micros) => void): Found {
  const facts = new PlatformFacts();
  const collector = new SeriesCollector(STEP);
  const monitor = new SeriesMonitor(STEP);
  const desk = new IncidentDesk();
  const restaurants = new Map<string, string>();
  const findings = new Map<string, Finding>();
  const incidents = new Map<string, Incident>();
  let series = 0;
  while (world.now < until) {
    for (const event of world.step(world.now + STEP)) {
      const fact = facts.of(event);
      if (fact !== null) collector.add(fact);
    }
    const now = world.now;
    for (const step of collector.close(now)) {
      for (const [restaurant, region] of step.restaurants) restaurants.set(restaurant, region);
      const judged = monitor.observe(step.from, step.points, step.doors);
      for (const finding of judged.findings) findings.set(finding.findingId, finding);
      const changes = desk.observe({
        from: step.from,
        now: step.to,
        open: judged.open,
        ended: judged.findings.filter(({ endedAt }) => endedAt !== null),
        deviations: (key) => judged.verdicts.get(key),
        restaurants,
        methods: methodsOf(judged.verdicts.keys()),
        refusals: step.refusals,
        readings: sourceReadings(world, step.from),
      });
      for (const { incident } of changes) incidents.set(incident.incidentId, incident);
      series = Math.max(series, monitor.size);
    }
    progress(now);
  }
  for (const incident of desk.incidents()) incidents.set(incident.incidentId, incident);
  return { findings, incidents, series };
}

const METHOD = '|method=';

function methodsOf(keys: Iterable<string>): string[] {
  const methods = new Set<string>();
  for (const key of keys) {
    const at = key.indexOf(METHOD);
    if (at >= 0) methods.add(key.slice(at + METHOD.length));
  }
  return [...methods];
}
