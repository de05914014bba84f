import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Changes } from './changes.ts';
import { composeMessage } from './compose-message.ts';
import { createDirectory } from './directory.ts';
import { MessageStore } from './message-store.ts';

function journalFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-standin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deeper', 'journal.jsonl');
}

function open(dataFile: string | undefined, log: string[] = []) {
  const directory = createDirectory({});
  const store = new MessageStore({
    directory,
    changes: new Changes(),
    now: () => 1_700_000_000_000,
    dataFile,
    onLog: (line) => log.push(line),
  });
  const write = (text: string, more: { ephemeralTo?: string } = {}) => {
    const message = composeMessage({
      channel: 'C0SRE',
      ts: store.timestamps.next(),
      user: 'U0HOLDFAST',
      text,
      ...more,
    });
    store.put(message);
    return message;
  };
  return { store, directory, write, texts: () => store.all().map(({ text }) => text) };
}

it('finds everything again after a kill, without having been closed', () => {
  const file = journalFile();
  const first = open(file);
  const kept = first.write('one');
  const gone = first.write('two');
  first.write('three');
  first.store.put({ ...kept, text: 'one, changed' });
  first.store.remove(gone.ts);
  first.store.setArchived('C0SRE', true);
  const second = open(file);
  expect(second.texts()).toEqual(['one, changed', 'three']);
  expect(second.directory.channels.find(({ id }) => id === 'C0SRE')?.is_archived).toBe(true);
  expect(second.write('four').ts > kept.ts).toBe(true);
  expect(open(file).texts()).toEqual(['one, changed', 'three', 'four']);
});

it('leaves out the line a kill has torn, says so, and goes on behind it', () => {
  const file = journalFile();
  open(file).write('whole');
  appendFileSync(file, '{"op":"message","message":{"channel":"C0S');
  const log: string[] = [];
  const again = open(file, log);
  expect(again.texts()).toEqual(['whole']);
  expect(log).toEqual([`${file}: 1 unreadable line(s) left out`]);
  again.write('next');
  const sound: string[] = [];
  expect(open(file, sound).texts()).toEqual(['whole', 'next']);
  expect(sound).toEqual([]);
});

it('keeps the last 5,000 messages, and of each only what it is now', () => {
  const file = journalFile();
  const first = open(file);
  for (let n = 0; n < 5_010; n += 1) first.write(`message ${n}`);
  const last = first.write('last');
  first.store.put({ ...last, text: 'last, changed' });
  const second = open(file);
  expect(second.texts()).toHaveLength(5_000);
  expect(second.texts().at(0)).toBe('message 11');
  expect(second.texts().at(-1)).toBe('last, changed');
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(5_000);
});

it('does not let its file grow with every change of a message', () => {
  const file = journalFile();
  const { store, write } = open(file);
  const message = write('change 0');
  for (let n = 1; n <= 25_000; n += 1) store.put({ ...message, text: `change ${n}` });
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThan(10_000);
  expect(open(file).texts()).toEqual(['change 25000']);
});

it('forgets ephemeral messages, and everything with a reset', () => {
  const file = journalFile();
  const first = open(file);
  first.write('for all');
  first.write('for one', { ephemeralTo: 'U0KIM' });
  expect(first.texts()).toEqual(['for all', 'for one']);
  const second = open(file);
  expect(second.texts()).toEqual(['for all']);
  second.store.reset();
  expect(second.texts()).toEqual([]);
  expect(open(file).texts()).toEqual([]);
});

it('lives without a file, takes a foreign one for empty, and fails where it cannot write', () => {
  const { write, texts } = open(undefined);
  write('x');
  expect(texts()).toEqual(['x']);
  const file = journalFile();
  open(file);
  writeFileSync(file, 'no journal at all\n{"op":"message"}\n{"op":"delete"}\n7\n');
  expect(open(file).texts()).toEqual([]);
  expect(() => open(join(file, 'below-a-file'))).toThrow();
});
