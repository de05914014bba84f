import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../test/support/slack/render-slack.ts';
import { SETTINGS, sampleAlert, sampleGroup } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { groupMessage } from './group-message.ts';

const counts = { OPEN: 0, ACK: 0, RETRY_REQUESTED: 0, RESOLVED: 0 };

const GROUPS = {
  'many held orders': sampleGroup(),
  'held orders that somebody looks at': sampleGroup({
    counts: { ...counts, ACK: 40, RESOLVED: 2 },
    snoozed: 7,
  }),
  'snoozed as a whole': sampleGroup({ counts: { ...counts, OPEN: 30, ACK: 4, RESOLVED: 8 }, snoozed: 34 }),
  'every one being retried': sampleGroup({ counts: { ...counts, RETRY_REQUESTED: 42 } }),
  'all of it over': sampleGroup({ counts: { ...counts, RESOLVED: 42 } }),
  'rejected records': sampleGroup({
    kind: 'EVENT',
    severity: 'warning',
    reason: null,
    productId: null,
    productName: null,
    region: null,
    counts: { ...counts, OPEN: 3 },
    total: 3,
    top: [1, 2, 3].map((alertId) => ({ ...sampleAlert('EVENT'), alertId })),
  }),
  'stopped partitions': sampleGroup({
    kind: 'PIPELINE',
    reason: null,
    productName: null,
    region: null,
    counts: { ...counts, OPEN: 5 },
    total: 5,
    top: [],
  }),
};

describe.each(['ko', 'en'] as const)('in %s', (locale) => {
  it.each(Object.entries(GROUPS))('%s', (_, group) => {
    const message = groupMessage(group, { ...SETTINGS, locale });
    expect(renderMessage(message)).toMatchSnapshot();
    expect(problemsOf(message)).toEqual([]);
  });
});

it('offers no menu of one, which Slack refuses, but a button that says the same', () => {
  const bare = { ...SETTINGS, grafanaUrl: null, runbookUrl: null };
  const lastOf = (group: ReturnType<typeof sampleGroup>) => {
    const row = groupMessage(group, bare).attachments[0]?.blocks.at(-1);
    return row?.type === 'actions' ? row.elements.at(-1) : null;
  };
  expect(lastOf(GROUPS['all of it over'])).toMatchObject({ action_id: 'group_show', value: '{"m":77}' });
  expect(lastOf(GROUPS['many held orders'])).toMatchObject({
    type: 'button',
    action_id: 'group_more',
    value: 'snooze',
  });
});
