import type { Cause } from '../causes/cause.ts';
import type { Severity } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';
import type { ActionName } from './action.ts';

/** What an action of a rule is done to: what the incident is about; its region, payment methods, restaurants; or everything. */
export const SCOPES = ['incident', 'region', 'restaurant', 'method', 'platform'] as const;

export type RuleScope = (typeof SCOPES)[number];

/** How much may be done without asking; null: as much as there is. Counted in event time. */
export interface RateLimits {
  perHour: number | null;
  perDay: number | null;
}

/** When a person has to agree first. */
export interface ApprovalRule {
  always: boolean;
  /** When the incident has more targets of this kind than these; null: however many it has. */
  moreTargetsThan: number | null;
  /** When the cause is less probable than this; null: however probable it is. */
  probabilityBelow: number | null;
  /** How long the question stands. */
  within: Micros;
}

/** When an action that lasts is taken back: when its incident is over, or before. */
export interface UndoRule {
  /** Metrics of the target: taken back when all of them were in their bands for `steadyFor`. Empty: only with the incident. */
  whenSteady: readonly string[];
  steadyFor: Micros;
  /** Taken back after this time, whatever is known. */
  atLatest: Micros;
}

/** One action for one cause. */
export interface ActionRule {
  action: ActionName;
  to: RuleScope;
  /** Only targets that one of these metrics was found to deviate of. Empty: all. */
  shownBy: readonly string[];
  /** Handed to the receiver as they are. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  approval: ApprovalRule;
  /** Beyond them a person is asked. */
  limits: RateLimits;
  /** Beyond it nothing is done to the target that day. Null: no limit. */
  perTargetPerDay: number | null;
  /** How long the same is not done to the same target again. */
  coolDown: Micros;
  /** The cause has to be this probable. */
  minimumProbability: number;
  /** The incident has to be this severe. */
  minimumSeverity: Severity;
  /** The receiver had better not do it later than this after it was decided on. */
  validFor: Micros;
  dryRun: boolean;
  /** Null for an action that does not last. */
  undo: UndoRule | null;
  /** Metric that the action is to bring back; null: the incident's first series. */
  follows: string | null;
}

/** What is done about which cause. */
export interface ActionPolicy {
  /** All is decided, and nothing sent. */
  dryRun: boolean;
  /** Over all actions, but those that take one back. Beyond them a person is asked. */
  limits: RateLimits;
  /** A series has returned when it was in its band for so long. */
  steadyFor: Micros;
  /** How long an action is followed at most. */
  followFor: Micros;
  /** Of a deviation that nobody does anything about, until it is learnt. */
  halfLife: Micros;
  causes: Readonly<Partial<Record<Cause, readonly ActionRule[]>>>;
}
