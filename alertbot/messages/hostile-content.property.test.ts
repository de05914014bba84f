import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hostileAlert,
  hostileGroup,
  hostileLine,
  hostileText,
  OPERATOR_ID,
} from '../../test/support/slack/hostile-views.ts';
import { OPENED_AT, SETTINGS } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { alertMessage } from './alert-message.ts';
import type { MessageSettings } from './alert-view.ts';
import { listReply, problemReply, showReply } from './command-reply.ts';
import { doneElsewhere, unknownAlert } from './ephemeral.ts';
import { groupMessage } from './group-message.ts';
import { homeView } from './home-view.ts';
import { evidenceModal, membersModal, resolveModal, snoozeModal } from './modals.ts';
import { plainMessage } from './plain-message.ts';
import { threadEntry } from './thread-entry.ts';

const settings: fc.Arbitrary<MessageSettings> = fc.record({
  locale: fc.constantFrom('ko' as const, 'en' as const),
  timeZone: fc.constantFrom('Asia/Seoul', 'America/New_York'),
  showPersonalData: fc.boolean(),
  grafanaUrl: fc.option(fc.oneof(fc.webUrl(), hostileText)),
  runbookUrl: fc.option(fc.oneof(fc.webUrl(), hostileText)),
  escalation: fc.option(fc.oneof(fc.constant('S0REALGROUP'), hostileText)),
});

const MENTIONS = [`<@${OPERATOR_ID}>`, '<!subteam^S0REALGROUP>'];
const ORIGIN = { channel: 'C0HOLDFAST', ts: '1772341325.000100' };
const alerts = fc.array(hostileAlert, { maxLength: 45 });

/** Runs `build` on random content and expects Slack to take what it answers, with no mention but ours. */
function staysWithin<T>(
  content: fc.Arbitrary<T>,
  build: (content: T, settings: MessageSettings) => object,
): void {
  fc.assert(
    fc.property(content, settings, (value, how) => {
      expect(problemsOf(build(value, how), MENTIONS)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}

describe('whatever is in it, Slack takes it and nothing is forged', { timeout: 60_000 }, () => {
  it('in the message of an alert', () => staysWithin(hostileAlert, alertMessage));
  it('in the message of a group', () => staysWithin(hostileGroup, groupMessage));
  it('in plain text', () => {
    staysWithin(fc.oneof(hostileAlert, hostileGroup), (subject, how) => {
      const message = plainMessage(subject, how);
      expect(message).toMatchObject({ blocks: [], attachments: [] });
      return message;
    });
  });
  it('in a thread', () => staysWithin(fc.array(hostileLine, { minLength: 1, maxLength: 40 }), threadEntry));
  it('in the dialog of RESOLVE', () => {
    staysWithin(fc.oneof(hostileAlert, hostileGroup), (view, how) => resolveModal(view, ORIGIN, how));
  });
  it('in the dialog of a snooze', () => {
    staysWithin(fc.oneof(hostileAlert, hostileGroup), (view, how) =>
      snoozeModal(view, ORIGIN, how, OPENED_AT),
    );
  });
  it('in the evidence', () => staysWithin(hostileAlert, (view, how) => evidenceModal(view, ORIGIN, how)));
  it('in the list of members', () => {
    const page = fc.record({
      messageId: fc.nat(),
      total: fc.nat(),
      page: fc.integer({ min: 1, max: 9 }),
      members: fc.array(hostileAlert, { maxLength: 40 }),
    });
    staysWithin(page, (members, how) => membersModal(members, ORIGIN, how));
  });
  it('in App Home', () => {
    const input = fc.record({ open: alerts, mine: alerts, snoozed: alerts, more: fc.nat() });
    staysWithin(input, ({ open, mine, snoozed, more }, how) =>
      homeView(
        {
          at: OPENED_AT,
          counts: [{ severity: 'critical', kind: 'HOLD', count: more }],
          open: distinct(open, 0),
          openTotal: open.length + more,
          mine: distinct(mine, 1000),
          mineTotal: mine.length + more,
          snoozed: distinct(snoozed, 2000),
          snoozedTotal: snoozed.length + more,
        },
        how,
      ),
    );
  });
  it('in answers to commands', () => {
    staysWithin(alerts, (found, how) =>
      listReply({ filter: 'all', alerts: found, total: found.length }, how),
    );
    staysWithin(fc.tuple(hostileAlert, fc.array(hostileLine, { maxLength: 30 })), ([view, history], how) =>
      showReply(view, history, how),
    );
    staysWithin(hostileText, (word, how) => problemReply({ code: 'unknown_command', word }, how));
    staysWithin(hostileText, (word, how) => unknownAlert(word, how));
    staysWithin(hostileAlert, (view, how) => doneElsewhere(view, how, OPENED_AT));
  });
});

function distinct<T extends { alertId: number }>(views: readonly T[], from: number): T[] {
  return views.map((view, index) => ({ ...view, alertId: from + index }));
}

it('lets data format nothing', { timeout: 60_000 }, () => {
  const forged = ['*B*', '_I_', '~S~'].join(' ');
  // No Grafana: the address of a link has the order's id, and nobody formats an address.
  const how = { ...SETTINGS, showPersonalData: true, grafanaUrl: null };
  fc.assert(
    fc.property(hostileAlert, (view) => {
      const texts = {
        subject: forged,
        operator: forged,
        operatorId: null,
        note: forged,
        record: null,
        order: view.order && { ...view.order, orderId: forged, productName: forged, region: forged },
        evidence: { description: forged, problems: [forged], [forged]: forged },
      };
      const message = JSON.stringify(alertMessage({ ...view, ...texts }, how));
      const outsideOfCode = message.replaceAll(/`[^`]*`/gu, '');
      expect(outsideOfCode).not.toMatch(/\*B\*|_I_|~S~/u);
    }),
  );
});
