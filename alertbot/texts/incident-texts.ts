import type { Cause } from '../../domain/causes/cause.ts';
import type { ActionName, ActionStatus } from '../../domain/response/action.ts';

/** What the bot says of incidents and of what is done about them. Arguments are mrkdwn already. */
export interface IncidentTexts {
  /** In few words, for headlines. */
  causes: Readonly<Record<Cause, string>>;
  /** By metric; one that is not here is shown by its name. */
  metrics: Readonly<Record<string, string>>;
  /** Why a restaurant refuses, by reason. */
  refusals: Readonly<Record<string, string>>;
  /** By outside source. */
  sources: Readonly<Record<string, string>>;
  actions: Readonly<Record<ActionName, string>>;
  statuses: Readonly<Record<ActionStatus, string>>;
  everywhere: string;
  headline(place: string, cause: string): string;
  probable(percent: string): string;
  looking(place: string, metrics: string): string;
  labels: {
    evidence: string;
    otherCauses: string;
    actions: string;
    cause: string;
    payment: string;
    restaurant: string;
  };
  evidence: {
    series(name: string, observed: string, expected: string): string;
    reasons(reason: string, part: string, whole: string): string;
    source(name: string, value: string): string;
    probe(service: string): string;
    probeWell(service: string): string;
    silent(part: string, whole: string): string;
  };
  milliseconds(count: string): string;
  percent(value: string): string;
  moreActions(count: string): string;
  askedUntil(time: string): string;
  decidedBy(who: string): string;
  effect: {
    following: string;
    returned(after: string): string;
    notReturned(after: string): string;
    /** Against the estimate without action; signed, with its unit. */
    difference(name: string, amount: string): string;
    untreated(duration: string): string;
  };
  buttons: { approve: string; reject: string };
  confirmApprove: { title: string; text: string; confirm: string; deny: string };
  replies: {
    lost(action: string, status: string, who: string | null): string;
    expired(action: string): string;
    unknown: string;
  };
}
