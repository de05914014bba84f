import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../time/micros.ts';
import { readWatermark, WatermarkTrack } from './watermark.ts';

const NOW = 1_772_409_600_000_000;

describe('readWatermark', () => {
  it('reads a time, and the end', () => {
    expect(readWatermark('2026-03-02T09:00:00+09:00', NOW)).toEqual({ kind: 'at', at: NOW });
    expect(readWatermark('end', NOW)).toEqual({ kind: 'end' });
  });

  it.each([
    ['', 'or end, not ""'],
    ['END', 'or end, not "END"'],
    ['2026-03-02T09:00:00', 'must be an ISO 8601 time with an offset'],
    ['1999-12-31T00:00:00Z', 'is before 2000'],
    ['2026-03-03T00:00:00.000001Z', 'is more than 24 h ahead'],
  ])('refuses %j', (text, reason) => {
    expect(() => readWatermark(text, NOW)).toThrow(expect.objectContaining({ type: 'SCHEMA_INVALID' }));
    expect(() => readWatermark(text, NOW)).toThrow(reason);
  });
});

describe('WatermarkTrack', () => {
  const track = () => new WatermarkTrack(60 * SECOND);

  it('does not move without an event', () => {
    expect(track().move).toEqual({ ifOrdinary: null, always: null, explicit: null });
  });

  it('follows the latest event at the allowed lateness, under the ordinary rule', () => {
    const moved = track();
    for (const at of [NOW, NOW + 5, NOW - DAY]) moved.event(at, NOW + DAY);
    expect(moved.move).toEqual({ ifOrdinary: NOW + 5 - 60 * SECOND, always: null, explicit: null });
  });

  it('does not believe an event that claims to be of later than when it came', () => {
    const moved = track();
    moved.event(NOW + DAY, NOW);
    expect(moved.move.ifOrdinary).toBe(NOW - 60 * SECOND);
  });

  it('goes by what the producer says once it says so, and not by its events', () => {
    const moved = track();
    moved.event(NOW, NOW);
    moved.said({ kind: 'at', at: NOW + 1 });
    moved.event(NOW + DAY, NOW + DAY);
    moved.said({ kind: 'at', at: NOW - DAY });
    expect(moved.move).toEqual({ ifOrdinary: NOW - 60 * SECOND, always: NOW + 1, explicit: true });
  });

  it('goes by the events again after the end', () => {
    const moved = track();
    moved.said({ kind: 'at', at: NOW });
    moved.said({ kind: 'end' });
    moved.event(NOW + DAY, NOW + DAY);
    expect(moved.move).toEqual({ ifOrdinary: null, always: NOW + DAY - 60 * SECOND, explicit: false });
  });
});
