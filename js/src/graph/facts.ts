import type { Item, Shape, TensorFact } from "../wire/graph";
import { shownText } from "./text";

/** Texts of shapes: a thousand edges share one, and a layout asks for each several times. */
const texts = new WeakMap<readonly (number | null)[], string>();

/** `2 × 10`; `scalar` for no dimensions, `?` for an unknown one. */
export function shapeText(shape: Shape): string {
  if (shape === null) return "unknown shape";
  let text = texts.get(shape);
  if (text === undefined) {
    text = shape.length === 0 ? "scalar" : shape.map((dim) => (dim === null ? "?" : String(dim))).join(" × ");
    texts.set(shape, text);
  }
  return text;
}

/** A tensor's label; the type is said where it is not a floating one. */
export function tensorText(tensor: TensorFact): string {
  const shape = shapeText(tensor.shape);
  const plain = tensor.dtype === "" || /^(b?float|complex)/.test(tensor.dtype);
  return plain ? shape : `${shape}, ${tensor.dtype}`;
}

const UNITS = ["", "k", "M", "G", "T", "P", "E"];

function scaled(value: number, units: readonly string[], gap: string): string {
  if (value < 1000) return gap === "" ? String(value) : `${value}${gap}`;
  let power = Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
  let mantissa = (value / 1000 ** power).toPrecision(3);
  if (Number(mantissa) >= 1000 && power < units.length - 1) {
    power++;
    mantissa = (value / 1000 ** power).toPrecision(3);
  }
  return `${mantissa}${gap}${units[power] ?? ""}`;
}

/** A number of parameters in three digits: 9.54k, 11.7M, 70.6B. */
export function countText(count: number): string {
  return scaled(count, ["", "k", "M", "B", "T"], "");
}

/** FLOPs of a forward pass: `40 FLOPs`, `3.63 GFLOPs`. */
export function flopsText(flops: number): string {
  return `${scaled(flops, UNITS, " ")}FLOPs`;
}

/** `803 kB`. */
export function bytesText(bytes: number): string {
  return `${scaled(bytes, UNITS, " ")}B`;
}

/** `73,728`: all digits. */
export function exactText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 parameter`, `11 parameters`. */
export function parametersText(count: number): string {
  return `${countText(count)} ${count === 1 ? "parameter" : "parameters"}`;
}

/** A kernel and stride as one writes them beside the class: `3 × 3 / 2`; empty if there are none. */
export function kernelText(item: Item): string {
  const attr = new Map(item.attrs ?? []);
  const kernel = tuple(attr.get("kernel_size"));
  if (kernel === null) return "";
  const stride = tuple(attr.get("stride"));
  const uneven = stride?.some((one) => one !== stride[0]) === true;
  const step = stride === null || stride.every((s) => s === "1") ? "" : ` / ${uneven ? stride.join(" × ") : stride[0]}`;
  return kernel.join(" × ") + step;
}

function tuple(text: string | undefined): string[] | null {
  const numbers = text?.match(/^\s*[([]?\s*(\d+(?:\s*,\s*\d+)*)\s*,?\s*[)\]]?\s*$/)?.[1];
  return numbers === undefined ? null : numbers.split(/\s*,\s*/).slice(0, 3);
}

/** Class of an item with its kernel, or how many of a class it stands for: `Conv2d 3 × 3 / 2`, `BasicBlock × 2`. */
export function classWords(item: Item): string {
  const cls = item.cls ?? "";
  if (item.kind === "op") return "operation";
  if (item.kind === "fold") return "";
  if (item.kind === "stack") return `${shownText(cls)} × ${item.children?.length ?? 0}`;
  const kernel = kernelText(item);
  return shownText(`${cls}${kernel === "" ? "" : ` ${kernel}`}${item.shared === undefined || cls === "" ? "" : ", called again"}`);
}
