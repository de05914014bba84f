import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import { renderView } from '../../test/support/slack/render-slack.ts';
import { at, OPENED_AT, SETTINGS, sampleAlert, sampleGroup } from '../../test/support/slack/sample-alerts.ts';
import { problemsOf } from '../../test/support/slack/slack-rules.ts';
import { UNTIL_FIXED } from './alert-view.ts';
import {
  evidenceModal,
  membersModal,
  PAGE_SIZE,
  pageCount,
  readModalMetadata,
  readResolve,
  readSnooze,
  resolutionNote,
  resolveModal,
  snoozeModal,
} from './modals.ts';

const ORIGIN = { channel: 'C0HOLDFAST', ts: '1772341325.000100' };
const HOLD = sampleAlert('HOLD');
const EN = { ...SETTINGS, locale: 'en' as const };

const VIEWS = {
  'resolve a hold': () => resolveModal(HOLD, ORIGIN, SETTINGS),
  'resolve a hold, in English': () => resolveModal(HOLD, ORIGIN, EN),
  'resolve a rejected record': () => resolveModal(sampleAlert('EVENT'), ORIGIN, SETTINGS),
  'resolve a group of holds': () => resolveModal(sampleGroup(), ORIGIN, SETTINGS),
  'resolve a group of anything else': () =>
    resolveModal(sampleGroup({ kind: 'DELIVERY', reason: null }), ORIGIN, EN),
  snooze: () => snoozeModal(HOLD, ORIGIN, SETTINGS, OPENED_AT),
  'snooze a group, in English': () => snoozeModal(sampleGroup(), ORIGIN, EN, OPENED_AT),
  'evidence of a hold': () => evidenceModal(HOLD, ORIGIN, SETTINGS),
  'evidence of a rejected record, in English': () => evidenceModal(sampleAlert('EVENT'), ORIGIN, EN),
  'members, first page': () =>
    membersModal({ messageId: 77, total: 42, page: 1, members: sampleGroup().top }, ORIGIN, SETTINGS),
  'members, last page': () =>
    membersModal({ messageId: 77, total: 42, page: 2, members: sampleGroup().top.slice(3) }, ORIGIN, EN),
  'members, gone meanwhile': () =>
    membersModal({ messageId: 77, total: 0, page: 1, members: [] }, ORIGIN, EN),
};

it.each(Object.entries(VIEWS))('%s', (_, build) => {
  const view = build();
  expect(renderView(view)).toMatchSnapshot();
  expect(problemsOf(view)).toEqual([]);
});

it('finds in a submission what the modal was opened for', () => {
  const single = readModalMetadata(resolveModal(HOLD, ORIGIN, SETTINGS).private_metadata ?? '');
  expect(single).toEqual({ alerts: [{ a: 12, v: 3 }], ...ORIGIN });
  expect(
    readModalMetadata(snoozeModal(sampleGroup(), ORIGIN, SETTINGS, OPENED_AT).private_metadata ?? ''),
  ).toEqual({
    m: 77,
    ...ORIGIN,
  });
  const page = membersModal({ messageId: 77, total: 90, page: 2, members: [] }, ORIGIN, SETTINGS);
  expect(readModalMetadata(page.private_metadata ?? '')).toEqual({ m: 77, ...ORIGIN, page: 2 });
});

it.each([
  '',
  '{',
  'null',
  '[]',
  '{"alerts":[]}',
  '{"alerts":[{"a":1}]}',
  '{"m":"1"}',
  '{"m":-1}',
  '{"m":1.5}',
])('takes no other metadata: %s', (text) => {
  expect(readModalMetadata(text)).toBeNull();
});

describe('what was entered to resolve', () => {
  const option = (value: string) => ({ selected_option: { value } });
  const values = (decision: string | null | undefined, cause: string | null, note: string | null = null) => ({
    ...(decision !== undefined && {
      resolve_decision: {
        resolve_decision: decision === null ? { selected_option: null } : option(decision),
      },
    }),
    resolve_cause: { resolve_cause: cause === null ? { selected_option: null } : option(cause) },
    resolve_note: { resolve_note: { value: note } },
  });

  it('is read', () => {
    expect(readResolve(values('release', 'false_positive', '  fine \n'), EN)).toEqual({
      ok: true,
      decision: 'release',
      cause: 'false_positive',
      note: 'fine',
    });
    expect(readResolve(values(undefined, 'other', ' '), EN)).toEqual({
      ok: true,
      decision: null,
      cause: 'other',
      note: null,
    });
    expect(readResolve(values('cancel', 'fraud_confirmed', '가'.repeat(500)), EN)).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['no decision for a hold', values(null, 'other'), 'resolve_decision'],
    ['a decision we do not know', values('ship', 'other'), 'resolve_decision'],
    ['no cause', values('release', null), 'resolve_cause'],
    ['a cause we do not know', values('release', 'boredom'), 'resolve_cause'],
    ['a confirmed fraud released', values('release', 'fraud_confirmed'), 'resolve_cause'],
    ['a note too long', values('cancel', 'other', '가'.repeat(501)), 'resolve_note'],
    ['nothing at all', {}, 'resolve_cause'],
  ])('is refused: %s', (_, entered, blockId) => {
    for (const settings of [SETTINGS, EN]) {
      const result = readResolve(entered, settings);
      expect(result).toEqual({ ok: false, errors: { [blockId]: expect.stringMatching(/\S/u) } });
    }
  });

  it('is kept as one text', () => {
    expect(resolutionNote({ cause: 'restocked', note: null }, EN)).toBe('Restocked');
    expect(resolutionNote({ cause: 'other', note: '직접 통화' }, SETTINGS)).toBe('기타: 직접 통화');
  });
});

describe('what was entered to snooze', () => {
  const values = (value: string) => ({ snooze_until: { snooze_until: { selected_option: { value } } } });
  const beforeMidnight = at('2026-03-01T23:30:00+09:00');
  const afterMidnight = at('2026-03-02T00:30:00+09:00');

  it.each([
    ['15m', OPENED_AT, OPENED_AT + 15 * MINUTE],
    ['1h', OPENED_AT, OPENED_AT + HOUR],
    ['4h', OPENED_AT, OPENED_AT + 4 * HOUR],
    ['tomorrow', beforeMidnight, at('2026-03-02T09:00:00+09:00')],
    ['tomorrow', afterMidnight, at('2026-03-03T09:00:00+09:00')],
    ['fixed', OPENED_AT, UNTIL_FIXED],
  ])('%s', (choice, now, until) => {
    expect(readSnooze(values(choice), SETTINGS, now)).toEqual({ ok: true, until });
  });

  it('means nine in the morning there, over a change of the clocks too', () => {
    const now = at('2026-03-07T20:00:00-05:00');
    const settings = { ...EN, timeZone: 'America/New_York' };
    const expected = at('2026-03-08T09:00:00-04:00');
    expect(readSnooze(values('tomorrow'), settings, now)).toEqual({ ok: true, until: expected });
  });

  it.each([values('5y'), {}])('is refused otherwise: %j', (entered) => {
    expect(readSnooze(entered, EN, OPENED_AT)).toEqual({
      ok: false,
      errors: { snooze_until: expect.stringMatching(/\S/u) },
    });
  });
});

describe('the members of a group', () => {
  it.each([1, PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE, 100])('are all listed over the pages: %i', (total) => {
    const members = Array.from({ length: total }, (_, index) => ({ ...HOLD, alertId: 1000 + index }));
    const listed: string[] = [];
    for (let page = 1; page <= pageCount(total); page += 1) {
      const own = members.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      const shown = renderView(membersModal({ messageId: 77, total, page, members: own }, ORIGIN, EN));
      listed.push(...(shown.match(/#\d+/gu) ?? []));
      expect(shown.includes('page_prev')).toBe(page > 1);
      expect(shown.includes('page_next')).toBe(page < pageCount(total));
    }
    expect(listed).toEqual(members.map((member) => `#${member.alertId}`));
  });
});

it('shows long evidence in part, and says so', () => {
  const view = evidenceModal({ ...HOLD, evidence: { text: 'x'.repeat(100_000) } }, ORIGIN, EN);
  expect(JSON.stringify(view)).toContain('30000 of 100016 characters are shown');
  expect(problemsOf(view)).toEqual([]);
});

it('shows short evidence to its last character', () => {
  const lines = Array.from({ length: 900 }, (_, index) => `value <${index}> & "more"`);
  const shown = evidenceModal({ ...HOLD, evidence: { lines } }, ORIGIN, EN).blocks as {
    text?: { text: string };
  }[];
  const code = shown.map((block) => block.text?.text.match(/```([\s\S]*)```/u)?.[1] ?? '').join('');
  const back = code.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  expect(JSON.parse(back)).toEqual({ lines });
});

it('lets evidence end no code', () => {
  const shown = evidenceModal({ ...HOLD, evidence: { text: '``` *not ours* ```' } }, ORIGIN, EN);
  const code = JSON.stringify(shown.blocks).match(/```(.*?)```/u)?.[1];
  expect(code).toContain('ˋˋˋ *not ours* ˋˋˋ');
  expect(code?.endsWith('}')).toBe(true);
});
