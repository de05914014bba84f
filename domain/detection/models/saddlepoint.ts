/**
 * The z of a standard normal variable whose tail equals that of a distribution beyond a point.
 *
 * Barndorff-Nielsen's r* = w + ln(u / w) / w, from the signed root `w` of twice the log-likelihood ratio and `u`, the
 * tilt in standard deviations (Butler, Saddlepoint Approximations, 1.2 and 1.2.5). Off by at most some hundredths for a
 * mean of one event, where the usual square roots are off by one whole standard deviation at five.
 */
export function tailDeviation(w: number, u: number): number {
  // The formula is 0/0 at the mean; a tenth of a standard deviation from it nobody looks at the tail.
  if (Math.abs(w) < 0.1 || u / w <= 0) return w;
  return w + Math.log(u / w) / w;
}

/** x ln(x / y), 0 for no x. */
export function xLogRatio(x: number, y: number): number {
  return x <= 0 ? 0 : x * Math.log(x / y);
}
