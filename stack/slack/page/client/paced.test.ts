import { expect, it } from 'vitest';
import { paced } from './paced.ts';

/** A clock that a test moves, and what is due by it. */
function handTurned(workMilliseconds: number) {
  let time = 0;
  let due: { run: () => void; at: number }[] = [];
  const handled: { item: string; at: number }[] = [];
  const take = paced<string>(
    (item) => {
      handled.push({ item, at: time });
      time += workMilliseconds;
    },
    () => time,
    (run, milliseconds) => due.push({ run, at: time + milliseconds }),
  );
  function turnTo(to: number): void {
    const ready = due.filter(({ at }) => at <= to);
    due = due.filter(({ at }) => at > to);
    for (const { run, at } of ready) {
      time = Math.max(time, at);
      run();
    }
    time = Math.max(time, to);
  }
  return { take, turnTo, handled };
}

it('handles only the newest of what has piled up', () => {
  const { take, turnTo, handled } = handTurned(0);
  for (const item of ['a', 'b', 'c']) take(item);
  turnTo(10);
  take('d');
  turnTo(20);
  expect(handled.map(({ item }) => item)).toEqual(['c', 'd']);
});

it('rests three times as long as it worked, and loses nothing that is newest', () => {
  const { take, turnTo, handled } = handTurned(100);
  take('a');
  turnTo(0);
  take('b');
  turnTo(399);
  expect(handled).toEqual([{ item: 'a', at: 0 }]);
  take('c');
  turnTo(400);
  expect(handled).toEqual([
    { item: 'a', at: 0 },
    { item: 'c', at: 400 },
  ]);
});
