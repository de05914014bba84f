import { expect, it } from 'vitest';
import type { StandinMessage } from '../../../stack/slack/standin-types.ts';
import { slackComparisons } from './compare-slack.ts';
import { holds } from './comparison.ts';

const message = (ts: string, key: string): StandinMessage => ({
  ...{ channel: 'C1', ts, user: 'U1', text: key, mentions: [] },
  metadata: { event_type: 'holdfast', event_payload: { message_key: key } },
});
const ALERTS = [
  { alert_id: 1, state: 'sent', ts: '1.1' },
  { alert_id: 2, state: 'sent', ts: '1.1' },
];

it('is content when every alert is in a message, and every message there once', () => {
  const messages = [message('1.1', 'a'), { ...message('1.2', 'b'), thread_ts: '1.1' }];
  expect(slackComparisons(ALERTS, ['a', 'b'], messages).every(holds)).toBe(true);
});

it('finds an alert without a message, and a message that is there twice', () => {
  const alerts = [
    ...ALERTS,
    { alert_id: 3, state: 'sent', ts: '1.9' },
    { alert_id: 4, state: null, ts: null },
  ];
  const [told, messages] = slackComparisons(alerts, ['a', 'b'], [message('1.1', 'a'), message('1.3', 'a')]);
  expect(told?.lost).toEqual(['alert 3', 'alert 4']);
  expect(messages).toMatchObject({ lost: ['b'], doubled: ['a'] });
});
