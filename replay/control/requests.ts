import { z } from 'zod';
import { parseSpeed } from '../clock/speeds.ts';
import { parseMoment } from '../command-line/moment.ts';
import type { ControlCommand } from './commands.ts';

type Read = ControlCommand | { problem: string };

const speedBody = z.object({ speed: z.union([z.string(), z.number()]) });
const stepBody = z.object({ to: z.string().optional() });

/** `{"speed": 3600}`, `{"speed": "max"}`, `{"speed": "faster"}`, `{"speed": "slower"}` */
export function readSpeed(body: unknown): Read {
  const parsed = speedBody.safeParse(body);
  const text = parsed.success ? String(parsed.data.speed) : '';
  if (text === 'faster' || text === 'slower') return { name: text };
  const speed = parseSpeed(text);
  if (speed !== null) return { name: 'speed', speed };
  return { problem: 'speed must be a number greater than 0, max, faster or slower, as in {"speed": 3600}' };
}

/** `{"to": "2017-03-01"}`, or nothing: the next day */
export function readStep(body: unknown, utcOffset: string): Read {
  const parsed = stepBody.safeParse(body ?? {});
  const to = parsed.success ? parsed.data.to : null;
  if (to === undefined) return { name: 'next-day' };
  const at = to === null ? null : parseMoment(to, utcOffset);
  if (at !== null) return { name: 'step', to: at };
  return { problem: 'to must be a day or a time, as in {"to": "2017-03-01"}' };
}
