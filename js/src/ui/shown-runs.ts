/** Which runs show: hiding, showing alone, showing all. Pure: names in, names out. */

/** The hidden names after a run was clicked: it goes if it was shown, and comes back if it was not. */
export function toggled(hidden: readonly string[], name: string): string[] {
  return hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name];
}

/** The hidden names after a double click: all but this one, or none where it was alone already. */
export function solo(all: readonly string[], hidden: readonly string[], name: string): string[] {
  const others = all.filter((one) => one !== name);
  const alone = !hidden.includes(name) && others.every((one) => hidden.includes(one));
  return alone ? [] : others;
}
