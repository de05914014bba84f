import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { type History, readHistory } from '../read-history.ts';
import { writeSampleHistory } from '../sample/write-sample-history.ts';
import { curvesPage } from './curves.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { reportText } from './report.ts';

let dir: string;
let history: History;
let evaluation: Evaluation;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'evaluation-'));
  await writeSampleHistory(dir, { seed: 'evaluation', orders: 900, from: '2017-01-01', days: 100 });
  history = await readHistory(dir);
  evaluation = await evaluate(history, { trainUntil: parseIso8601('2017-03-10T00:00:00Z')!, cacheDir: dir });
}, 120_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

describe('evaluate', () => {
  test('judges the delivered orders that were created after the training period', () => {
    expect(evaluation.judged).toBeGreaterThan(100);
    expect(evaluation.trained).toBeGreaterThan(evaluation.judged);
    for (const { moment, orders, late } of evaluation.lateness) {
      // An order that was approved after its hand-over has no approval to be judged at.
      if (moment === 'hand-over') expect(orders).toBe(evaluation.judged);
      expect(orders).toBeGreaterThan(evaluation.judged - 10);
      expect(late).toBeGreaterThan(0);
    }
  });

  test('the model tells late orders better than the promised date does', () => {
    const handOver = evaluation.lateness.find(({ moment }) => moment === 'hand-over')!;
    const auc = (name: string) => handOver.methods.find((method) => method.name === name)!.auc;
    expect(auc('model, goes on learning from outcomes')).toBeGreaterThan(auc('promised date alone'));
    for (const { aucInterval, auc: value } of handOver.methods) {
      expect(aucInterval.low).toBeLessThanOrEqual(value);
      expect(aucInterval.high).toBeGreaterThanOrEqual(value);
    }
  });

  test('learnt lead times are nearer to the truth than the promised date', () => {
    for (const { methods } of evaluation.durations) {
      const [promised, ...learnt] = methods;
      for (const { medianError } of learnt) expect(medianError).toBeLessThan(promised!.medianError);
    }
  });

  test('the recommended seller is never expected to be slower', () => {
    const { orders, followed, expected, expectedOfRecommended, saving } = evaluation.choices;
    expect(orders).toBeGreaterThan(0);
    expect(followed).toBeLessThanOrEqual(orders);
    expect(expectedOfRecommended).toBeLessThanOrEqual(expected);
    expect(saving).toBeCloseTo(expected - expectedOfRecommended, 9);
  });

  test('is told in words and pictures', () => {
    const text = reportText(evaluation);
    expect(text).toContain('ROC AUC');
    expect(text).toContain('route book, median');
    expect(text).not.toContain('NaN');
    const page = curvesPage(evaluation);
    expect(page.match(/<svg/g)).toHaveLength(4);
    expect(page).not.toContain('NaN');
  });

  test('says so when there is nothing to judge', async () => {
    const trainUntil = parseIso8601('2019-01-01T00:00:00Z')!;
    const short = await readHistory(dir, { until: parseIso8601('2017-01-10T00:00:00Z')! });
    await expect(evaluate(short, { trainUntil, cacheDir: dir })).rejects.toThrow(
      'of 0 orders created after the training period and delivered, 0 were late',
    );
  });
});
