/** About a thousand of the usable values of several columns, evenly taken: enough for a percentile. */
export function thousandOf(columns: readonly Float64Array[], usable: (value: number) => boolean): number[] {
  let total = 0;
  for (const column of columns) total += column.length;
  const stride = Math.max(1, Math.floor(total / 1000));
  const sample: number[] = [];
  for (const column of columns) {
    for (let i = 0; i < column.length; i += stride) {
      const value = column[i]!;
      if (usable(value)) sample.push(value);
    }
  }
  return sample;
}
