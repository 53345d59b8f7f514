/** A run's values against a baseline's. */

export type Comparison = "difference" | "ratio";

/** The difference of values from a baseline's, or their multiple of them. */
export function compared(values: Float64Array, base: Float64Array, how: Comparison): Float64Array {
  return values.map((value, i) => (how === "difference" ? value - base[i]! : value / base[i]!));
}
