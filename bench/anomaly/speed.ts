import { EnvelopeDetector } from '../../domain/detection/envelope/envelope-detector.ts';
import { SeriesDetector } from '../../domain/detection/series-detector.ts';
import type { SeriesKind, SeriesPoint } from '../../domain/detection/series-point.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import { type SeriesShape, STEP, simulateSeries } from './simulation/series.ts';

const DAYS = 14;
const ROUNDS = 5;

export interface Speed {
  detector: string;
  pointsPerSecond: number;
  stateBytes: number;
  heapBytes: number;
}

/** By the processor's time, and the best of some rounds: the machine has other things to do. */
export function measureSpeed(series: number): Speed[] {
  const kinds: readonly SeriesKind[] = ['COUNT', 'RATE', 'MEAN', 'GAUGE'];
  return [...kinds.map((kind) => ofKind(kind, series)), ofEnvelope(series)];
}

function ofKind(kind: SeriesKind, series: number): Speed {
  const points = pointsOf(kind);
  const make = () => new SeriesDetector(kind, STEP);
  return measure(kind, series, points, make, (detector, point) => detector.observe(point));
}

function ofEnvelope(series: number): Speed {
  const make = () => new EnvelopeDetector();
  return measure('envelope', series, pointsOf('GAUGE'), make, (detector, { at, sum }) =>
    detector.observe(at, sum),
  );
}

function measure<D extends { encode(): Uint8Array }>(
  name: string,
  series: number,
  points: readonly SeriesPoint[],
  make: () => D,
  observe: (detector: D, point: SeriesPoint) => unknown,
): Speed {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const detector = make();
    const start = process.cpuUsage();
    for (const point of points) observe(detector, point);
    const { user, system } = process.cpuUsage(start);
    rounds.push(points.length / ((user + system) / 1e6));
  }
  globalThis.gc?.();
  const before = memory();
  const detectors = Array.from({ length: series }, make);
  for (const detector of detectors) for (const point of points.slice(0, 20)) observe(detector, point);
  globalThis.gc?.();
  const heapBytes = Math.max(0, memory() - before) / series;
  return {
    detector: name,
    pointsPerSecond: Math.max(...rounds),
    stateBytes: detectors[0]!.encode().length,
    heapBytes,
  };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function pointsOf(kind: SeriesKind): SeriesPoint[] {
  const level: Readonly<Record<SeriesKind, number>> = { COUNT: 30, RATE: 0.05, MEAN: 1800, GAUGE: 60 };
  const shape: SeriesShape = {
    kind,
    level: level[kind],
    exposure: 20,
    dispersion: 0.02,
    drift: 0.05,
    daily: 0.8,
  };
  return simulateSeries(shape, { days: DAYS, quietDays: 0, changes: [] }, new Prng(`speed/${kind}`)).points;
}

export function speedTable(speeds: readonly Speed[]): string {
  const lines = speeds.map(
    ({ detector, pointsPerSecond, stateBytes, heapBytes }) =>
      `${detector.padEnd(10)}${Math.round(pointsPerSecond).toLocaleString('en').padStart(14)} points a second of one core` +
      `${String(stateBytes).padStart(8)} bytes of state${Math.round(heapBytes).toLocaleString('en').padStart(9)} bytes in memory\n`,
  );
  return lines.join('');
}
