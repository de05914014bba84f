import { expect, it } from 'vitest';
import { notificationLines } from './notification-lines.ts';

it('says what fires, what is over, and what is only the heartbeat', () => {
  const alerts = [
    { status: 'firing', labels: { alertname: 'AlertbotDown' }, annotations: { summary: 'No\nanswer' } },
    { status: 'resolved', labels: { alertname: 'AlertbotDown' } },
    { status: 'firing', labels: { alertname: 'Watchdog' } },
  ];
  expect(notificationLines({ alerts })).toEqual([
    { isHeartbeat: false, text: 'AlertbotDown fires: No answer' },
    { isHeartbeat: false, text: 'AlertbotDown is over' },
    { isHeartbeat: true, text: 'Watchdog fires' },
  ]);
});

it.each([null, undefined, 'x', 7, {}, { alerts: 1 }])('takes %j for no notification', (body) => {
  expect(notificationLines(body)).toEqual([]);
});

it('names what has no name', () => {
  expect(notificationLines({ alerts: [null, { labels: { alertname: 7 } }] }).map(({ text }) => text)).toEqual(
    ['an alert without a name fires', 'an alert without a name fires'],
  );
});
