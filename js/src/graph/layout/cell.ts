import type { Flow } from "../links";
import type { ViewNode } from "../view";

/** Something that a group lays out: a node, or a place where tensors enter or leave an open frame. */
export interface Cell {
  /** What it stands for; a port stands for nothing. */
  readonly node: ViewNode | null;
  readonly role: "node" | "in" | "out";
  /** Extents to both sides of its anchor, the x at which the main line passes. */
  left: number;
  right: number;
  readonly height: number;
  /** Distance from its top and foot to where lines end: an operation may be lower than the parameters at its sides. */
  readonly inset: number;
  /** Half of the width on which lines may end; null for all of it. */
  readonly mouth: number | null;
  /** Whether it may grow to the left to meet a lane. */
  readonly elastic: boolean;
  /** Whether a line may end at its side: circles and pills. */
  readonly side: boolean;
  /** How much it counts for when the main line is sought. */
  readonly weight: number;
}

/** What flows between two cells of a group. */
export interface Wire {
  readonly from: number;
  readonly to: number;
  /** Offsets from the anchors at which it must leave and arrive; null where it is free. */
  readonly fromDx: number | null;
  readonly toDx: number | null;
  readonly flows: readonly Flow[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A text laid beside a line; x is its left edge, y its middle. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LABEL_SIZE = 11.5;
export const LABEL_HEIGHT = 16;
/** From the middle of a line to its label. */
export const LABEL_OFFSET = 13;
