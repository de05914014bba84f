import { expect, it } from 'vitest';
import { SeenSignatures } from './seen-signatures.ts';
import { SIGNATURE_WINDOW_S } from './slack-signature.ts';

it('knows a signature again for as long as one could be accepted: signed ahead of us, then old', () => {
  const seen = new SeenSignatures();
  expect(seen.remember('a', 0)).toBe(true);
  expect(seen.remember('a', 0)).toBe(false);
  expect(seen.remember('b', 1000)).toBe(true);
  expect(seen.remember('a', 2 * SIGNATURE_WINDOW_S * 1000)).toBe(false);
});

it('forgets it afterwards', () => {
  const seen = new SeenSignatures();
  seen.remember('a', 0);
  expect(seen.remember('b', 20 * 60_000)).toBe(true);
  expect(seen.remember('a', 20 * 60_000)).toBe(true);
});
