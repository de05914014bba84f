import { expect, it } from 'vitest';
import { renderView } from '../../test/support/slack/render-slack.ts';
import { OPENED_AT, SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { type HomeInput, homeView, MOST_MINE, MOST_OPEN, MOST_SNOOZED } from './home-view.ts';

const INPUT: HomeInput = {
  at: OPENED_AT,
  counts: [
    { severity: 'warning', kind: 'EVENT', count: 4 },
    { severity: 'critical', kind: 'HOLD', count: 40 },
    { severity: 'critical', kind: 'PIPELINE', count: 1 },
    { severity: 'info', kind: 'ANOMALY', count: 0 },
  ],
  open: [
    sampleAlert('EVENT', 'OPEN', { alertId: 3, openedAt: OPENED_AT - 10_000_000 }),
    sampleAlert('HOLD', 'OPEN', { alertId: 2 }),
    sampleAlert('PIPELINE', 'OPEN', { alertId: 1, openedAt: OPENED_AT + 1_000_000 }),
  ],
  openTotal: 45,
  mine: [sampleAlert('HOLD', 'ACK', { alertId: 4 })],
  mineTotal: 1,
  snoozed: [sampleAlert('HOLD', 'OPEN', { alertId: 5, snoozedUntil: OPENED_AT + 1 })],
  snoozedTotal: 12,
};

it.each(['ko', 'en'] as const)('shows what there is to do, the most urgent first: %s', (locale) => {
  const view = homeView(INPUT, { ...SETTINGS, locale });
  expect(renderView(view)).toMatchSnapshot();
  expect(problemsOf(view)).toEqual([]);
});

it('says so when there is nothing to do', () => {
  const empty = { counts: [], open: [], openTotal: 0, mine: [], mineTotal: 0, snoozed: [], snoozedTotal: 0 };
  const view = homeView({ at: OPENED_AT, ...empty }, SETTINGS);
  expect(view.blocks).toHaveLength(3);
  expect(JSON.stringify(view)).toContain('미해결 알림이 없습니다');
});

it('shows as many as fit into a view, and counts the rest', () => {
  const many = (from: number, status: 'OPEN' | 'ACK') =>
    Array.from({ length: 200 }, (_, index) => sampleAlert('HOLD', status, { alertId: from + index }));
  const view = homeView(
    {
      ...INPUT,
      open: many(0, 'OPEN'),
      openTotal: 200,
      mine: many(1000, 'ACK'),
      mineTotal: 200,
      snoozed: many(2000, 'OPEN'),
      snoozedTotal: 200,
    },
    { ...SETTINGS, locale: 'en' },
  );
  const shown = renderView(view);
  expect(problemsOf(view)).toEqual([]);
  expect(shown.match(/alert_ack/gu)).toHaveLength(MOST_OPEN);
  expect(shown.match(/alert_resolve/gu)).toHaveLength(MOST_OPEN + MOST_MINE);
  for (const shownOfPart of [MOST_OPEN, MOST_MINE, MOST_SNOOZED]) {
    expect(shown).toContain(`… and ${200 - shownOfPart} more`);
  }
});
