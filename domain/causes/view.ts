import type { RootCause } from './attribution/leaf.ts';
import type { Look } from './look.ts';
import type { FeatureName, SourceName } from './signatures.ts';
import type { SourceReading } from './source-reading.ts';

/** The series that can stand for a feature. */
export interface SeenFeature {
  /** At least one, the worst first. */
  looks: readonly [Look, ...Look[]];
  /** The incident is about it: the cause has to explain it. */
  isOwn: boolean;
  /** They are the worst of so many. Own ones stand for themselves: 1. */
  outOf: number;
}

/** All that is looked at for the cause of an incident. */
export interface View {
  features: ReadonlyMap<FeatureName, SeenFeature>;
  /** Sources that answered. */
  sources: ReadonlyMap<SourceName, SourceReading>;
  /** Refusals by reason. */
  reasons: ReadonlyMap<string, number>;
  /** Restaurants of the region that have sent no sign of life, of all that should have. Null: not known. */
  silent: { restaurants: number; outOf: number } | null;
  /** Restaurants that explain why the orders of the region are not as expected; empty: none alone does. */
  behind: readonly RootCause[];
}
