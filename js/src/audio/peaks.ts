/** The least and the largest of a sound's samples, as far apart as a picture of it shows. */

export interface Peaks {
  low: Float32Array;
  high: Float32Array;
}

/** The extremes of each of `count` parts of the samples, or of each sample where there are fewer; what is no number is silent. */
export function peaksOf(samples: Float32Array, count: number): Peaks {
  const parts = Math.min(count, samples.length);
  const low = new Float32Array(parts);
  const high = new Float32Array(parts);
  for (let part = 0; part < parts; part++) {
    const end = Math.floor(((part + 1) * samples.length) / parts);
    let [least, most] = [Infinity, -Infinity];
    for (let i = Math.floor((part * samples.length) / parts); i < end; i++) {
      const sample = samples[i]!;
      if (sample < least) least = sample;
      if (sample > most) most = sample;
    }
    low[part] = least <= most ? least : 0;
    high[part] = least <= most ? most : 0;
  }
  return { low, high };
}

/** The extremes of what each column of a picture shows: of every part that reaches into it. */
export function columnsOf({ low, high }: Peaks, width: number): Peaks {
  const columns = { low: new Float32Array(width), high: new Float32Array(width) };
  if (low.length === 0) return columns;
  for (let x = 0; x < width; x++) {
    const from = Math.floor((x * low.length) / width);
    const to = Math.max(from + 1, Math.ceil(((x + 1) * low.length) / width));
    columns.low[x] = Math.min(...low.subarray(from, to));
    columns.high[x] = Math.max(...high.subarray(from, to));
  }
  return columns;
}
