/**
 * Solves `matrix x = right` for a symmetric positive definite matrix, by Cholesky's decomposition.
 *
 * @throws RangeError when the matrix is not positive definite
 */
export function solvePositiveDefinite(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const lower = decompose(matrix);
  const size = right.length;
  const x = [...right];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) x[row]! -= lower[row]![column]! * x[column]!;
    x[row]! /= lower[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let below = row + 1; below < size; below += 1) x[row]! -= lower[below]![row]! * x[below]!;
    x[row]! /= lower[row]![row]!;
  }
  return x;
}

function decompose(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = matrix.map((row) => row.map(() => 0));
  for (let row = 0; row < matrix.length; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row]![column]!;
      for (let k = 0; k < column; k += 1) rest -= lower[row]![k]! * lower[column]![k]!;
      if (row > column) lower[row]![column] = rest / lower[column]![column]!;
      else if (rest > 0) lower[row]![row] = Math.sqrt(rest);
      else throw new RangeError(`the matrix is not positive definite (row ${row})`);
    }
  }
  return lower;
}
