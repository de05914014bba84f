import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startStage } from '../chaos/stage/stage.ts';
import { simulate } from '../programs.ts';
import type { SoakCommand } from './command.ts';
import { type Measurement, measureUntil } from './measure.ts';
import type { SoakRun } from './report.ts';

const EVERY_MS = 10_000;
const SAY_EVERY = 6;
const MIB = 1024 * 1024;

/** Sends orders at a steady rate and measures until all are sent and compared with what is stored, or until the signal. */
export async function runSoak(
  command: SoakCommand,
  { server, say, signal }: { server: string | undefined; say(line: string): void; signal: AbortSignal },
): Promise<SoakRun> {
  const { minutes, rate, seed } = command;
  const folder = resolve(command.out, 'logs');
  await rm(folder, { recursive: true, force: true });
  const events: string[] = [];
  const measurements: Measurement[] = [];
  const began = new Date().toISOString();
  const stage = await startStage({ scene: {}, folder, server, say: (line) => events.push(line) });
  try {
    say(`${rate} records a second for ${minutes} minutes`);
    const stopping = new AbortController();
    const measuring = measureUntil(stage, EVERY_MS, stopping.signal, (one) => {
      measurements.push(one);
      if (measurements.length % SAY_EVERY === 0) say(lineOf(one));
    });
    let mismatch: string | null = null;
    try {
      await simulate(
        [
          '--scenario',
          'normal',
          '--rate',
          String(rate),
          '--duration',
          `${minutes}m`,
          '--seed',
          seed,
          '--verify',
        ],
        stage.settings,
        signal,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      mismatch = signal.aborted
        ? 'interrupted: what was sent was not compared with what is stored'
        : `what was sent is not what is stored: ${reason}`;
    }
    stopping.abort();
    await measuring;
    return { minutes, rate, began, native: server !== undefined, measurements, events, mismatch };
  } finally {
    await stage.release();
  }
}

function lineOf({
  at,
  processorRss,
  alertbotRss,
  latencyP50,
  latencyP99,
  lag,
  consumed,
}: Measurement): string {
  const mib = (bytes: number) => (bytes / MIB).toFixed(0);
  const ms = (seconds: number) => (seconds * 1_000).toFixed(0);
  return `${(at / 60).toFixed(1)} min · ${consumed.toLocaleString('en-US')} records · lag ${lag} · p50 ${ms(latencyP50)} ms, p99 ${ms(latencyP99)} ms · processor ${mib(processorRss)} MiB, alertbot ${mib(alertbotRss)} MiB`;
}
