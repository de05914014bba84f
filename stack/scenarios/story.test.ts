import { expect, it } from 'vitest';
import { Story, type ToldAction, type ToldIncident } from './story.ts';

const incident: ToldIncident = {
  incidentId: 'i',
  openedAt: new Date('2026-03-02T08:00:00Z'),
  updatedAt: new Date('2026-03-02T08:10:00Z'),
  closedAt: null,
  scope: { region: 'Gangnam-gu' },
  cause: null,
  probability: null,
  evidence: null,
};
const action: ToldAction = {
  actionId: 'a',
  action: 'RIDER_INCENTIVE',
  target: 'region=Gangnam-gu',
  status: 'SENT',
  decidedAt: new Date('2026-03-02T08:12:00Z'),
  returnedAfterSeconds: null,
  observed: null,
  withoutAction: null,
};
const story = () => new Story((at) => at.toISOString().slice(11, 16));

it('tells each thing once, in the order of its time', () => {
  const told = story();
  expect(told.turn({ incidents: [incident], actions: [] })).toEqual([
    '08:00  something is unusual: region Gangnam-gu',
  ]);
  const named = {
    ...incident,
    cause: 'RIDERS_SHORT',
    probability: 0.934,
    evidence: 'riders_idle is 1, expected 9',
  };
  const page = { incidents: [named], actions: [action] };
  expect(told.turn(page)).toEqual([
    '08:10  cause RIDERS_SHORT (93 %) in region Gangnam-gu: riders_idle is 1, expected 9',
    '08:12  action RIDER_INCENTIVE for region Gangnam-gu: SENT',
  ]);
  expect(told.turn(page)).toEqual([]);
});

it('tells what an action did, and the end', () => {
  const told = story();
  const done = {
    ...action,
    status: 'DONE',
    returnedAfterSeconds: 1500,
    observed: 412.2,
    withoutAction: 250.7,
  };
  const closed = { ...incident, closedAt: new Date('2026-03-02T08:40:00Z'), cause: 'UNKNOWN' };
  expect(told.turn({ incidents: [closed], actions: [done] })).toEqual([
    '08:00  something is unusual: region Gangnam-gu',
    '08:10  no cause found for region Gangnam-gu',
    '08:12  action RIDER_INCENTIVE for region Gangnam-gu: DONE',
    '08:12  back as expected 25 min after RIDER_INCENTIVE; 412 instead of an estimated 251 without it',
    '08:40  over: region Gangnam-gu',
  ]);
});

it('an incident without a place is about the whole platform', () => {
  expect(story().turn({ incidents: [{ ...incident, scope: {} }], actions: [] })).toEqual([
    '08:00  something is unusual: the whole platform',
  ]);
});
