import { CAUSES, type Cause, type Evidence, type RankedCause } from './cause.ts';
import {
  behindEvidence,
  reasonsEvidence,
  seriesEvidence,
  silentEvidence,
  sourceEvidence,
} from './evidence.ts';
import { logLikelihood, oneOf, type Ratios, ratiosOf } from './likelihood.ts';
import { type LookSummary, summarise } from './look.ts';
import { reasonOf } from './reasons.ts';
import {
  expectationOf,
  FEATURES,
  type Feature,
  type FeatureName,
  SIGNATURES,
  TELLING,
} from './signatures.ts';
import { sourceDeviation, TYPICAL_SOURCE_DEVIATION } from './source-deviation.ts';
import type { SeenFeature, View } from './view.ts';

/** Features are not independent of each other, as their product would have it. */
const TEMPER = 0.9;

/** Evidence that changes the odds by less than half is not worth reading. */
const LEAST_WEIGHT = 0.5;
/** Causes below are left out, but for the first three and UNKNOWN; those after the first few need no evidence. */
const LEAST_SHOWN = 0.02;
const MOST_EXPLAINED = 4;

const MOST_FOR = 5;
const MOST_AGAINST = 2;
const MOST_ORDINARY = 6;

/** In standard deviations. */
const ORDINARY_BELOW = 2;

/** So unusual it is that all restaurants of a region are silent, in standard deviations. */
const SILENT_SCALE = 12;

/** What one feature or source says of each cause. */
interface Witness {
  /** It is as ever, and would not be with the cause that it tells from others. */
  isOrdinary: boolean;
  logLikelihoods: Readonly<Record<Cause, number>>;
  evidence(weight: number): Evidence;
}

/**
 * How probable each cause is, given all that was looked at: the product of what each feature says (naive Bayes), tempered.
 * UNKNOWN is the cause that lets one expect anything: it wins where no signature fits.
 *
 * @returns the most probable first; what is left out is less probable than 2 %. The evidence of each is what makes it more, or less, probable than UNKNOWN
 */
export function rankCauses(view: View): RankedCause[] {
  const witnesses = witnessesOf(view);
  const scored = CAUSES.map((cause) => {
    const sum = witnesses.reduce((total, { logLikelihoods }) => total + logLikelihoods[cause], 0);
    return { cause, score: SIGNATURES[cause].prior + TEMPER * sum };
  });
  const highest = Math.max(...scored.map(({ score }) => score));
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score - highest), 0);
  const ranked = scored
    .map(({ cause, score }) => ({ cause, probability: Math.exp(score - highest) / total }))
    .toSorted((a, b) => b.probability - a.probability);
  return ranked
    .filter(({ cause, probability }, i) => i < 3 || probability >= LEAST_SHOWN || cause === 'UNKNOWN')
    .map(({ cause, probability }, i) => ({
      cause,
      probability,
      evidence:
        i < MOST_EXPLAINED || cause === 'UNKNOWN'
          ? [...evidenceOf(cause, witnesses), ...view.behind.map(behindEvidence)]
          : [],
    }));
}

function witnessesOf(view: View): Witness[] {
  const series = [...view.features].map(([name, seen]) => seriesWitness(name, seen));
  const sources = [...view.sources].map(([name, reading]): Witness => {
    const deviation = sourceDeviation(name, reading);
    const ratios = ratiosOf(deviation, TYPICAL_SOURCE_DEVIATION);
    return {
      isOrdinary: deviation < ORDINARY_BELOW,
      logLikelihoods: ofEach((cause) =>
        logLikelihood(
          SIGNATURES[cause].sources[name] ?? (reading.source === 'HEALTH' ? 'QUIET' : 'STILL'),
          ratios,
        ),
      ),
      evidence: (weight) => sourceEvidence(name, reading, weight),
    };
  });
  return [...series, ...sources, ...silentWitness(view), ...reasonWitnesses(view)];
}

function seriesWitness(name: FeatureName, { looks, isOwn, outOf }: SeenFeature): Witness {
  const feature: Feature = FEATURES[name];
  const [worst] = looks;
  const looked = (isOwn ? worst.worst : undefined) ?? summarise(worst, feature.regular);
  const ratios = isOwn
    ? ratiosIn(looked, feature)
    : oneOf(
        looks.map((look) => ratiosIn(summarise(look, feature.regular), feature)),
        outOf,
      );
  return {
    isOrdinary: TELLING.has(name) && Math.abs(looked.z) < ORDINARY_BELOW,
    logLikelihoods: ofEach((cause) => logLikelihood(expectationOf(cause, name, isOwn), ratios)),
    evidence: (weight) => seriesEvidence(worst.seriesKey, looked, outOf, weight),
  };
}

function ratiosIn({ z, sigma, expected }: LookSummary, { isRate, typical }: Feature): Ratios {
  return ratiosOf(z, (isRate ? typical : typical * Math.abs(expected)) / sigma);
}

/** Of a region: one restaurant that is silent explains little of what happens there, half of them a lot. */
function silentWitness({ silent }: View): Witness[] {
  if (silent === null || silent.outOf < 2) return [];
  const { restaurants, outOf } = silent;
  const ratios = ratiosOf((restaurants / outOf) * SILENT_SCALE, SILENT_SCALE / 2);
  return [
    {
      isOrdinary: restaurants === 0,
      logLikelihoods: ofEach((cause) =>
        logLikelihood(cause === 'RESTAURANT_OUTAGE' ? 'UPWARDS' : 'QUIET', ratios),
      ),
      evidence: (weight) => silentEvidence(restaurants, outOf, weight),
    },
  ];
}

function reasonWitnesses({ reasons }: View): Witness[] {
  return CAUSES.flatMap((cause) => {
    const given = reasonOf(cause, reasons);
    if (given === null) return [];
    return [
      {
        isOrdinary: false,
        logLikelihoods: ofEach((other) => (other === cause ? given.logOdds : 0)),
        evidence: (weight: number) => reasonsEvidence(given, weight),
      },
    ];
  });
}

function evidenceOf(cause: Cause, witnesses: readonly Witness[]): Evidence[] {
  if (cause === 'UNKNOWN') return whatIsOrdinary(witnesses);
  const weighed = witnesses
    .map(({ logLikelihoods, evidence }) => ({
      evidence,
      weight: logLikelihoods[cause] - logLikelihoods.UNKNOWN,
    }))
    .filter(({ weight }) => Math.abs(weight) >= LEAST_WEIGHT)
    .toSorted((a, b) => b.weight - a.weight);
  const against = weighed.filter(({ weight }) => weight < 0).slice(-MOST_AGAINST);
  const forIt = weighed.filter(({ weight }) => weight > 0).slice(0, MOST_FOR);
  return [...forIt, ...against.toReversed()].map(({ evidence, weight }) => evidence(weight));
}

/** Nothing speaks for UNKNOWN but that what would speak for others is not there. */
function whatIsOrdinary(witnesses: readonly Witness[]): Evidence[] {
  return witnesses
    .filter(({ isOrdinary }) => isOrdinary)
    .map(({ evidence }) => evidence(0))
    .slice(0, MOST_ORDINARY);
}

function ofEach(of: (cause: Cause) => number): Readonly<Record<Cause, number>> {
  return Object.fromEntries(CAUSES.map((cause) => [cause, of(cause)])) as Record<Cause, number>;
}
