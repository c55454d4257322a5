/**
 * Solves `matrix * x = right` for a symmetric positive definite matrix by Cholesky's method (Golub and Van Loan, Matrix
 * Computations, 2013, section 4.2). Only the lower triangle is read. NaN where the matrix is none.
 */
export function solve(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): readonly number[] {
  const size = right.length;
  const lower: number[][] = [];
  for (let row = 0; row < size; row += 1) {
    const own: number[] = [];
    lower.push(own);
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row]![column]!;
      for (let at = 0; at < column; at += 1) rest -= own[at]! * lower[column]![at]!;
      own.push(row === column ? Math.sqrt(rest) : rest / lower[column]![column]!);
    }
  }
  const found = Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let at = 0; at < row; at += 1) found[row]! -= lower[row]![at]! * found[at]!;
    found[row]! /= lower[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let at = row + 1; at < size; at += 1) found[row]! -= lower[at]![row]! * found[at]!;
    found[row]! /= lower[row]![row]!;
  }
  return found;
}
