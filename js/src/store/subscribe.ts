/**
 * Subscribe the effect or component around to signals whose values it does not use itself.
 *
 * Reading a signal's value subscribes to it; this says that the reading is meant.
 */
export function subscribeTo(...values: readonly unknown[]): number {
  return values.length;
}
