import type { Flow } from "../links";
import type { View } from "../view";

/** A wire by the names of what it joins in its group: `node:ID`, or a port. */
export interface NamedWire {
  readonly from: string;
  readonly to: string;
  /** Ports of the frames at its ends; null where the end is closed. */
  readonly fromPort: string | null;
  readonly toPort: string | null;
  /** Nodes at the ends of the links that it is a piece of. */
  readonly ends: Ends[];
  readonly flows: Flow[];
}

/** The nodes between which something flows. */
export interface Ends {
  readonly source: number;
  readonly target: number;
}

/** How links between visible items are cut at the borders of the open frames that they cross. */
export interface Seam {
  /** Wires of each group, by the frame's id; −1 for the outermost. */
  readonly wires: ReadonlyMap<number, readonly NamedWire[]>;
  readonly ports: ReadonlyMap<number, { readonly in: readonly string[]; readonly out: readonly string[] }>;
}

export function portsOf(seam: Seam, frame: number): { readonly in: readonly string[]; readonly out: readonly string[] } {
  return seam.ports.get(frame) ?? { in: [], out: [] };
}

/**
 * Cuts each link where it enters or leaves a frame. What leaves one item leaves its frame at one port;
 * what reaches the same items enters at one port, so that it fans out inside.
 */
export function seams(view: View): Seam {
  const frames = (id: number): number[] => {
    const path: number[] = [];
    for (let at = view.nodes.get(id)?.parent ?? -1; at >= 0; at = view.nodes.get(at)?.parent ?? -1) path.unshift(at);
    return path;
  };
  const links = view.links.map((link) => {
    const from = view.holder.get(link.from) ?? link.from;
    const to = view.holder.get(link.to) ?? link.to;
    const out = frames(from);
    const into = frames(to);
    let common = 0;
    while (common < out.length && common < into.length && out[common] === into[common]) common++;
    return { from, to, out: out.slice(common), into: into.slice(common), group: out[common - 1] ?? -1, flows: link.flows };
  });

  const reached = new Map<string, Set<number>>();
  for (const link of links) {
    for (const frame of link.into) {
      const key = `${frame}<${link.from}`;
      reached.set(key, (reached.get(key) ?? new Set()).add(link.to));
    }
  }
  const entry = new Map<string, string>();
  for (const [key, targets] of reached) {
    entry.set(key, `in:${key.slice(0, key.indexOf("<"))}:${[...targets].sort((a, b) => a - b).join(",")}`);
  }

  const wires = new Map<number, Map<string, NamedWire>>();
  const ports = new Map<number, { in: string[]; out: string[] }>();
  const open = (frame: number, side: "in" | "out", port: string): void => {
    const known = ports.get(frame) ?? { in: [], out: [] };
    if (!known[side].includes(port)) known[side].push(port);
    ports.set(frame, known);
  };
  const add = (group: number, wire: NamedWire): void => {
    if (wire.from === wire.to) return;
    const held = wires.get(group) ?? new Map<string, NamedWire>();
    wires.set(group, held);
    const key = `${wire.from}>${wire.fromPort ?? ""}>${wire.to}>${wire.toPort ?? ""}`;
    const known = held.get(key);
    if (known === undefined) {
      held.set(key, { ...wire, ends: [...wire.ends], flows: [...wire.flows] });
      return;
    }
    known.ends.push(...wire.ends);
    for (const flow of wire.flows) {
      if (!known.flows.some((other) => other.item === flow.item && other.out === flow.out)) known.flows.push(flow);
    }
  };

  for (const link of links) {
    if (link.from === link.to) continue;
    const common = { ends: [{ source: link.from, target: link.to }], flows: link.flows };
    const outPort = (frame: number | undefined): string | null => (frame === undefined ? null : `out:${frame}:${link.from}`);
    const inPort = (frame: number | undefined): string | null => (frame === undefined ? null : (entry.get(`${frame}<${link.from}`) ?? null));
    link.out.forEach((frame, depth) => {
      const next = link.out[depth + 1];
      const port = outPort(frame)!;
      open(frame, "out", port);
      add(frame, { ...common, from: `node:${next ?? link.from}`, fromPort: outPort(next), to: port, toPort: null });
    });
    link.into.forEach((frame, depth) => {
      const next = link.into[depth + 1];
      const port = inPort(frame)!;
      open(frame, "in", port);
      add(frame, { ...common, from: port, fromPort: null, to: `node:${next ?? link.to}`, toPort: inPort(next) });
    });
    add(link.group, {
      ...common,
      from: `node:${link.out[0] ?? link.from}`,
      fromPort: outPort(link.out[0]),
      to: `node:${link.into[0] ?? link.to}`,
      toPort: inPort(link.into[0]),
    });
  }
  return { wires: new Map([...wires].map(([group, held]) => [group, [...held.values()]])), ports };
}
