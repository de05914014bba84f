import { expect, it } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { checkStart } from './check-start.ts';
import { parseMark, ResumePoint } from './resume-point.ts';

const START = parseIso8601('2017-01-01T00:00:00Z') ?? 0;
const LATER = parseIso8601('2026-03-01T00:00:00Z') ?? 0;

function resumed(): ResumePoint {
  const point = new ResumePoint();
  point.found({ topic: 'orders', partition: 0 }, 7);
  return point;
}

it('begins where nothing has been followed, or nothing as late', () => {
  checkStart({ point: new ResumePoint(), otherRun: null }, null, START);
  checkStart({ point: new ResumePoint(), otherRun: null }, START, START);
  checkStart({ point: new ResumePoint(), otherRun: null }, LATER, null);
});

it('goes on with its own run, whatever event time has come to', () => {
  checkStart({ point: resumed(), otherRun: 'fedcba9876543210' }, LATER, START);
});

it('refuses where event time has passed it, or another replay is, and says what to do', () => {
  const fresh = { point: new ResumePoint(), otherRun: null };
  expect(() => checkStart(fresh, LATER, START)).toThrow(
    /2026-03-01.* begins at 2017-01-01.*KAFKA_TOPIC_PREFIX/s,
  );
  const other = { point: new ResumePoint(), otherRun: 'fedcba9876543210' };
  expect(() => checkStart(other, null, START)).toThrow(/another replay \(run fedcba9876543210\)/);
});

it('knows its own marks from other headers', () => {
  expect(parseMark('0123456789abcdef:42')).toEqual({ run: '0123456789abcdef', sequence: 42 });
  for (const text of ['', 'abc:1', '0123456789abcdef:', '0123456789abcdef:-1', '0123456789abcdef:1e3']) {
    expect(parseMark(text)).toBeNull();
  }
});
