import type { Link } from "./links";

/** What feeds so many is perhaps a helper. */
const MANY = 6;

/**
 * Sets aside the links between what stands aside of the flow and the rest, and those of helpers: what nothing feeds and
 * what feeds a whole line of others one after the other, as a mask does that each layer takes. Their lines would pass all
 * that is drawn and tell nothing. What feeds branches side by side is no helper, nor is what is made on the way.
 *
 * @param isApart whether an item stands aside
 */
export function setAside(all: readonly Link[], isApart: (id: number) => boolean = () => false): { links: Link[]; asides: Link[]; apart: Link[] } {
  const links = all.filter(({ from, to }) => isApart(from) === isApart(to));
  const targets = new Map<number, Set<number>>();
  const sources = new Map<number, Set<number>>();
  for (const { from, to, flows } of links) {
    if (flows.length === 0) continue;
    put(targets, from, to);
    put(sources, to, from);
  }
  const helpers = new Set<number>();
  for (const [id, fed] of targets) {
    if (sources.has(id) || fed.size < MANY) continue;
    const inLine = [...fed].filter((target) => [...(sources.get(target) ?? [])].some((other) => fed.has(other))).length;
    // What is fed by nothing else would hang loose.
    const alone = [...fed].some((target) => sources.get(target)?.size === 1);
    if (inLine >= fed.size / 2 && !alone) helpers.add(id);
  }
  return {
    links: links.filter(({ from }) => !helpers.has(from)),
    asides: links.filter(({ from }) => helpers.has(from)),
    apart: all.filter(({ from, to }) => isApart(from) !== isApart(to)),
  };
}

function put(sets: Map<number, Set<number>>, id: number, other: number): void {
  const known = sets.get(id);
  if (known === undefined) sets.set(id, new Set([other]));
  else known.add(other);
}
