import { performance } from 'node:perf_hooks';
import { decodeReading } from '../../domain/causes/decode-reading.ts';
import type { SourceKind, SourceReading } from '../../domain/causes/source-reading.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { jsonWithin } from '../../platform/http/json-within.ts';

/** One question to one source. */
export interface Question {
  source: SourceKind;
  /** Region, or name of the service. */
  subject: string;
  /** Address; of weather and traffic with `{region}` and `{at}`. */
  url: string;
  at: Micros;
}

export interface Answer {
  /** Null: nothing usable was said. */
  reading: SourceReading | null;
  outcome: 'read' | 'unusable' | 'failed';
  latencyMs: number;
}

/** More than a reading needs: what is longer is something else. */
const LONGEST_ANSWER_BYTES = 64 * 1024;

/** As a region, it would lead to another path of the source. */
const MOVES_UP = /^\.\.?$/;

/**
 * Asks once. Never rejects: a source that is away, late, or talks nonsense leaves no reading. Of a service whose health is
 * looked at, that it does not answer well is the reading.
 */
export async function askSource(question: Question, timeoutMs: number, signal: AbortSignal): Promise<Answer> {
  if (MOVES_UP.test(question.subject)) return { reading: null, outcome: 'failed', latencyMs: 0 };
  const began = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(addressOf(question), {
      headers: { accept: 'application/json', 'user-agent': 'holdfast' },
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
    });
    if (question.source === 'HEALTH') {
      await response.body?.cancel();
      const latencyMs = Math.round(performance.now() - began);
      return { ...health(question, response.ok, `answered ${response.status}`), latencyMs };
    }
    const said = response.ok
      ? await jsonWithin(response, LONGEST_ANSWER_BYTES)
      : await response.body?.cancel();
    const latencyMs = Math.round(performance.now() - began);
    if (!response.ok) return { reading: null, outcome: 'failed', latencyMs };
    const decoded = decodeReading(question.source, said);
    if (decoded === null) return { reading: null, outcome: 'unusable', latencyMs };
    const { source, subject, at } = question;
    return { reading: { source, subject, at, ...decoded }, outcome: 'read', latencyMs };
  } catch {
    const latencyMs = Math.round(performance.now() - began);
    const isStopped = signal.aborted && !timeout.aborted;
    if (question.source !== 'HEALTH' || isStopped) return { reading: null, outcome: 'failed', latencyMs };
    const text = timeout.aborted ? `no answer within ${timeoutMs} ms` : 'cannot be reached';
    return { ...health(question, false, text), latencyMs };
  }
}

function addressOf({ url, subject, at, source }: Question): string {
  if (source === 'HEALTH') return url;
  return url
    .replaceAll('{region}', encodeURIComponent(subject))
    .replaceAll('{at}', encodeURIComponent(formatIso8601(at)));
}

function health({ source, subject, at }: Question, isWell: boolean, text: string): Omit<Answer, 'latencyMs'> {
  return { reading: { source, subject, at, value: isWell ? 1 : 0, text }, outcome: 'read' };
}
