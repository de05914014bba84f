const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
/** Two scrapes: a window has to have something to compare. */
const SHORTEST_SECONDS = 5;

/**
 * Divides how long rules of Prometheus wait (`for`) and look back (`[5m]`, `[1h:5m]`), so that an experiment of a minute
 * sees what an outage of ten times that would raise. Thresholds stay: they are about the service and not about patience.
 */
export function shortenDurations(rules: string, by: number): string {
  const shorten = (duration: string): string =>
    `${Math.max(SHORTEST_SECONDS, Math.round(secondsOf(duration) / by))}s`;
  return rules
    .replaceAll(/\bfor: (\d+[smhd])\b/g, (_, duration: string) => `for: ${shorten(duration)}`)
    .replaceAll(/\[(\d+[smhd])(?::(\d+[smhd]))?\]/g, (_, window: string, step: string | undefined) =>
      step === undefined ? `[${shorten(window)}]` : `[${shorten(window)}:${shorten(step)}]`,
    );
}

function secondsOf(duration: string): number {
  return Number.parseInt(duration, 10) * SECONDS[duration.slice(-1) as keyof typeof SECONDS];
}
