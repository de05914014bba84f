import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Releasers } from './releasers.ts';

const logger = pino({ level: 'silent' });

it('undoes in reverse order, one after the other', async () => {
  const releasers = new Releasers(logger);
  const undone: string[] = [];
  for (const name of ['database', 'http', 'consumer']) {
    releasers.push(name, async () => {
      undone.push(`${name} begins`);
      await Promise.resolve();
      undone.push(`${name} ends`);
    });
  }
  await releasers.release();
  expect(undone).toEqual([
    'consumer begins',
    'consumer ends',
    'http begins',
    'http ends',
    'database begins',
    'database ends',
  ]);
});

it('goes on when one fails, names it in the log, and throws the first error', async () => {
  const lines: string[] = [];
  const releasers = new Releasers(
    pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
  );
  const undone: string[] = [];
  releasers.push('first', () => void undone.push('first'));
  releasers.push('second', () => {
    throw new Error('second error');
  });
  releasers.push('third', async () => {
    throw new Error('first error');
  });
  await expect(releasers.release()).rejects.toThrow('first error');
  expect(undone).toEqual(['first']);
  expect(lines.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual(['third', 'second']);
});

it('undoes once, however often and at once it is asked', async () => {
  const releasers = new Releasers(logger);
  let times = 0;
  releasers.push('it', async () => {
    await Promise.resolve();
    times += 1;
  });
  await Promise.all([releasers.release(), releasers.release()]);
  await releasers.release();
  expect(times).toBe(1);
});

it('has nothing to do when nothing was acquired', async () => {
  await new Releasers(logger).release();
});
