import { expect, it } from 'vitest';
import { ResponseUrls } from './response-urls.ts';
import { Triggers } from './triggers.ts';

it('a trigger lasts three seconds and opens one view', () => {
  let now = 1_000_000;
  const triggers = new Triggers(() => now);
  const used = triggers.issue('U1');
  const late = triggers.issue('U2');
  now += 3_000;
  expect(triggers.look(used)).toEqual({ userId: 'U1' });
  triggers.spend(used);
  expect(triggers.look(used)).toEqual({ error: 'exchanged_trigger_id' });
  now += 1;
  expect(triggers.look(late)).toEqual({ error: 'expired_trigger_id' });
  expect(triggers.look('1.2.3')).toEqual({ error: 'invalid_trigger_id' });
});

it('a response_url lasts 30 minutes and five uses', () => {
  let now = 1_000_000;
  const urls = new ResponseUrls(() => now);
  const target = { channel: 'C1', userId: 'U1' };
  const token = urls.issue(target);
  const late = urls.issue(target);
  now += 30 * 60 * 1000;
  for (let use = 0; use < 5; use += 1) expect(urls.use(token)).toEqual({ target });
  expect(urls.use(token)).toEqual({ error: 'used_url' });
  now += 1;
  expect(urls.use(late)).toEqual({ error: 'expired_url' });
  expect(urls.use('never-issued')).toEqual({ error: 'expired_url' });
});
