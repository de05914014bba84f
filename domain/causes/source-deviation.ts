import type { SourceName } from './signatures.ts';
import type { SourceReading } from './source-reading.ts';

/** What is ordinary, and how far ordinary readings are from it. */
const ORDINARY: Readonly<Record<SourceName, { value: number; spread: number }>> = {
  weather: { value: 0, spread: 0.12 },
  traffic: { value: 1, spread: 0.15 },
  routing: { value: 1, spread: -0.2 },
  restaurants: { value: 1, spread: -0.2 },
  payments: { value: 1, spread: -0.2 },
};

/** Deviation of a source that says what its cause would have it say. */
export const TYPICAL_SOURCE_DEVIATION = 4;

export function ordinaryValue(source: SourceName): number {
  return ORDINARY[source].value;
}

/** How unusual a reading is, like a deviation in standard deviations: positive is bad weather, slow roads, a service that is down. */
export function sourceDeviation(source: SourceName, reading: SourceReading): number {
  const { value, spread } = ORDINARY[source];
  return (reading.value - value) / spread;
}
