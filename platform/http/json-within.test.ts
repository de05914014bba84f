import { expect, it } from 'vitest';
import { jsonWithin } from './json-within.ts';

it('reads JSON of at most so many bytes, whatever its characters', async () => {
  const text = '{"city":"대구"}';
  const bytes = Buffer.byteLength(text);
  expect(await jsonWithin(new Response(text), bytes)).toEqual({ city: '대구' });
  expect(await jsonWithin(new Response(text), bytes - 1)).toBeUndefined();
});

it('says nothing of what is no JSON, or of an empty answer', async () => {
  expect(await jsonWithin(new Response('<html>'), 100)).toBeUndefined();
  expect(await jsonWithin(new Response(null), 100)).toBeUndefined();
});

it('stops reading an answer that does not end', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    cancel: () => {
      cancelled = true;
    },
  });
  expect(await jsonWithin(new Response(endless), 10_000)).toBeUndefined();
  expect(cancelled).toBe(true);
});
