import { expect, test } from 'vitest';
import { SERIES, STEPS } from '../../../domain/series/catalogue.ts';
import { MEASURES } from '../../../domain/series/measures.ts';
import { SOURCES } from './sources.ts';

test('every measure has one source, with a column for each of its dimensions', () => {
  expect(SOURCES.flatMap(({ measures }) => Object.keys(measures)).sort()).toEqual(
    Object.keys(MEASURES).sort(),
  );
  for (const { dimensions, measures } of SOURCES)
    for (const measure of Object.keys(measures) as (keyof typeof MEASURES)[])
      expect(Object.keys(dimensions)).toEqual(expect.arrayContaining([...MEASURES[measure]]));
});

test('every series is made of measures that have its dimensions', () => {
  for (const definition of SERIES) {
    const whole = definition.kind === 'RATE' && definition.outOf !== STEPS ? [definition.outOf] : [];
    const parts = [definition.of, ...whole];
    for (const part of parts)
      expect(MEASURES[part], definition.metric).toEqual(expect.arrayContaining([...definition.dimensions]));
  }
});
