const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** P(Z > z) of the standard normal distribution. Relative error below 1e-6 wherever the result is above 1e-300. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = Math.exp((-z * z) / 2) / SQRT_2PI;
  if (z < 2) return 0.5 - density * seriesWithin(z);
  return density / fractionBeyond(z);
}

/** Phi(z) - 1/2 over the density: z + z^3/3 + z^5/15 + ... (Abramowitz and Stegun, 26.2.11). */
function seriesWithin(z: number): number {
  let term = z;
  let sum = z;
  for (let divisor = 3; term > sum * 1e-16; divisor += 2) {
    term *= (z * z) / divisor;
    sum += term;
  }
  return sum;
}

/** The density over the tail: z + 1/(z + 2/(z + 3/(z + ...))) (Abramowitz and Stegun, 26.2.14). */
function fractionBeyond(z: number): number {
  let value = z;
  for (let depth = 60; depth >= 1; depth -= 1) value = z + depth / value;
  return value;
}

/** Beyond it quantiles are cut off: nobody asks for the last part in a thousand million. */
const EDGE = 1e-9;

/**
 * The z with P(Z <= z) = p, found by Newton's method from the logistic approximation; p outside (1e-9, 1 - 1e-9) is
 * taken for the nearer end.
 */
export function normalQuantile(p: number): number {
  const share = Math.min(1 - EDGE, Math.max(EDGE, p));
  if (share > 0.5) return -lowerQuantile(1 - share);
  return lowerQuantile(share);
}

/** For p up to 1/2. Newton on the logarithm of the tail, which is nearly a parabola, so that no step goes astray. */
function lowerQuantile(p: number): number {
  let z = Math.max(0, Math.log((1 - p) / p) / 1.702);
  for (let step = 0; step < 8; step += 1) {
    const tail = normalUpperTail(z);
    const density = Math.exp((-z * z) / 2) / SQRT_2PI;
    z += (Math.log(tail / p) * tail) / density;
  }
  return -z;
}
