import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_STATUSES } from '../../domain/alerts/lifecycle.ts';
import { checkBlocksTogether, checkMessage } from '../../stack/slack/limits/message.ts';
import { checkView } from '../../stack/slack/limits/view.ts';
import { hostileAlert, hostileGroup, hostileLine } from '../../test/support/slack/hostile-views.ts';
import { OPENED_AT, SETTINGS, sampleAlert, sampleGroup } from '../../test/support/slack/sample-alerts.ts';
import { alertMessage } from './alert-message.ts';
import { groupMessage } from './group-message.ts';
import { homeView } from './home-view.ts';
import { evidenceModal, membersModal, resolveModal, snoozeModal } from './modals.ts';
import { plainMessage } from './plain-message.ts';
import type { Reply, SlackMessage } from './slack-message.ts';
import { threadEntry } from './thread-entry.ts';

const ORIGIN = { channel: 'C0HOLDFAST', ts: '1772341325.000100' };

function expectTaken(message: SlackMessage | Reply): void {
  expect(() => checkMessage(message)).not.toThrow();
  expect(() => checkBlocksTogether(message.blocks)).not.toThrow();
}

function expectViewTaken(view: { type: 'modal' | 'home' | 'workflow_step' }): void {
  expect(() => checkView(view, view.type === 'home' ? 'home' : 'modal')).not.toThrow();
}

/** The stand-in checks what Slack's reference says, and knows nothing of us. */
describe('the Slack stand-in takes', { timeout: 60_000 }, () => {
  const bare = { ...SETTINGS, grafanaUrl: null, runbookUrl: null };

  it.each(ALERT_STATUSES)('messages of alerts that are %s, with links and without', (status) => {
    for (const kind of ['HOLD', 'EVENT', 'PIPELINE', 'ANOMALY', 'INVENTORY', 'DELIVERY'] as const) {
      for (const settings of [SETTINGS, bare]) expectTaken(alertMessage(sampleAlert(kind, status), settings));
    }
  });

  it('messages of groups, with links and without', () => {
    const over = { OPEN: 0, ACK: 0, RETRY_REQUESTED: 0, RESOLVED: 42 };
    for (const group of [sampleGroup(), sampleGroup({ counts: over })]) {
      for (const settings of [SETTINGS, bare]) expectTaken(groupMessage(group, settings));
    }
  });

  it('every message and view, whatever is in it', () => {
    fc.assert(
      fc.property(
        hostileAlert,
        hostileGroup,
        fc.array(hostileLine, { minLength: 1 }),
        (view, group, lines) => {
          for (const message of [alertMessage(view, SETTINGS), groupMessage(group, bare)])
            expectTaken(message);
          for (const subject of [view, group]) {
            expectTaken(plainMessage(subject, SETTINGS));
            expectViewTaken(resolveModal(subject, ORIGIN, SETTINGS));
            expectViewTaken(snoozeModal(subject, ORIGIN, SETTINGS, OPENED_AT));
          }
          expectTaken(threadEntry(lines, SETTINGS));
          expectViewTaken(evidenceModal(view, ORIGIN, SETTINGS));
          expectViewTaken(
            membersModal({ messageId: 1, total: 90, page: 2, members: [view] }, ORIGIN, SETTINGS),
          );
          const home = {
            counts: [],
            open: [view],
            openTotal: 1,
            mine: [],
            mineTotal: 0,
            snoozed: [view],
            snoozedTotal: 1,
          };
          expectViewTaken(
            homeView({ at: OPENED_AT, ...home, snoozed: [{ ...view, alertId: view.alertId + 1 }] }, SETTINGS),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
