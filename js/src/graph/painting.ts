import type { ColourBy } from "../wire/options";
import type { Theme } from "../ui/tokens";
import { classHues, hashOf, type Hue, hueColor, isTold, structureHues } from "./colour";
import type { Model } from "./model";

/** What an item is drawn in. */
export interface Tint {
  readonly hue: string;
  /** 0 to 1 on the ramp from nothing to all; null for a colour that tells only which. */
  readonly strength: number | null;
}

/** What the colours of a diagram stand for. */
export interface Painting {
  readonly by: ColourBy;
  /** Colour of an item; nothing for what is neutral. */
  tint: (id: number) => Tint | undefined;
  /** Which of the colours that stand for kinds an item has; nothing for what is neutral, and on a ramp. */
  hueOf: (id: number) => Hue | undefined;
  /** All colours that stand for kinds, the most frequent kinds first. */
  readonly hues: readonly Hue[];
}

export const COLOUR_NAMES: Readonly<Record<ColourBy, string>> = {
  structure: "structure",
  class: "class",
  params: "parameters",
  flops: "FLOPs",
  bytes: "bytes",
};

/** What a ramp's full colour stands for. */
export const RAMP_WORDS: Readonly<Record<"params" | "flops" | "bytes", string>> = {
  params: "share of all parameters",
  flops: "share of all FLOPs",
  bytes: "share of the bytes of all results",
};

export function paint(model: Model, by: ColourBy, theme: Theme): Painting {
  if (by === "structure" || by === "class") {
    const hues = by === "structure" ? structureHues(model) : classHues(model);
    const hueOf = (id: number): Hue | undefined => {
      const item = model.items[id];
      if (by === "structure") return hues.get(hashOf(model, id) ?? "");
      return item !== undefined && isTold(model, item) ? hues.get(item.cls ?? "") : undefined;
    };
    const tint = (id: number): Tint | undefined => {
      const hue = hueOf(id);
      return hue === undefined ? undefined : { hue: hueColor(theme, hue), strength: null };
    };
    return { by, tint, hueOf, hues: [...hues.values()] };
  }
  const total = amountOf(model, 0, by);
  const tint = (id: number): Tint | undefined => {
    const share = total > 0 ? amountOf(model, id, by) / total : 0;
    // The root of the share: what has a hundredth of all is seen, and told from what has a tenth.
    return share > 0 ? { hue: "var(--tbn-accent)", strength: Math.sqrt(Math.min(1, share)) } : undefined;
  };
  return { by, tint, hueOf: () => undefined, hues: [] };
}

/** Parameters, FLOPs or bytes of results of an item and all in it. */
export function amountOf(model: Model, id: number, of: "params" | "flops" | "bytes"): number {
  const item = model.items[id];
  if (item === undefined) return 0;
  if (of === "flops") return id === 0 ? (model.payload.totals.flops ?? 0) : (item.flops ?? 0);
  if (of === "bytes") return item.bytes ?? 0;
  if (id === 0) return model.payload.totals.params;
  return item.count ?? (item.params ?? []).reduce((sum, { shape }) => sum + shape.reduce((product, dim) => product * dim, 1), 0);
}

/** The properties by which the style sheet colours an item. */
export function tintStyle(tint: Tint | undefined): { style?: Record<string, string> } {
  if (tint === undefined) return {};
  const { hue, strength } = tint;
  if (strength === null) return { style: { "--tbn-hue": hue } };
  return { style: { "--tbn-hue": hue, "--tbn-tint": `${Math.round(3 + 47 * strength)}%`, "--tbn-rim": `${Math.round(24 + 56 * strength)}%` } };
}
