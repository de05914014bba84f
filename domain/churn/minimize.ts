/** Reflection, expansion, contraction, shrinking. */
const [ALPHA, GAMMA, RHO, SIGMA] = [1, 2, 0.5, 0.5];
const FIRST_STEP = 0.5;
const CLOSE_ENOUGH = 1e-7;

interface Vertex {
  point: readonly number[];
  value: number;
}

/**
 * A local minimum of a function that has no derivative at hand (Nelder and Mead, 1965).
 *
 * @param steps the most; each is one or two evaluations, seldom more
 */
export function minimize(
  of: (point: readonly number[]) => number,
  start: readonly number[],
  steps: number,
): readonly number[] {
  const vertex = (point: readonly number[]): Vertex => ({ point, value: of(point) });
  const simplex = [
    vertex(start),
    ...start.map((_, i) => vertex(start.map((value, j) => (i === j ? value + FIRST_STEP : value)))),
  ];
  for (let step = 0; step < steps; step += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex.at(-1)!];
    if (worst.value - best.value < CLOSE_ENOUGH * (1 + Math.abs(best.value))) break;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { point }) => sum + point[i]!, 0) / others.length);
    const along = (share: number) =>
      vertex(centre.map((value, i) => value + share * (worst.point[i]! - value)));
    const reflected = along(-ALPHA);
    let next: Vertex;
    if (reflected.value < best.value) {
      const expanded = along(-GAMMA);
      next = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < others.at(-1)!.value) next = reflected;
    else next = along(reflected.value < worst.value ? -RHO : RHO);
    if (next.value < Math.min(worst.value, reflected.value) || next === reflected) {
      simplex[simplex.length - 1] = next;
      continue;
    }
    for (let i = 1; i < simplex.length; i += 1) {
      simplex[i] = vertex(best.point.map((value, j) => value + SIGMA * (simplex[i]!.point[j]! - value)));
    }
  }
  return simplex.reduce((a, b) => (b.value < a.value ? b : a)).point;
}
