/** Where an axis has its ticks, and what they say. */
import { formatDuration, formatMoment, formatStep, MONTHS } from "../ui/format";
import type { Axis } from "./scale";

export interface Ticks {
  values: readonly number[];
  labels: readonly string[];
}

/** The one of 1, 2, 5 × 10ⁿ that divides `span` into about `count` parts (nearest in ratio). */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const factor = ratio >= Math.sqrt(50) ? 10 : ratio >= Math.sqrt(10) ? 5 : ratio >= Math.sqrt(2) ? 2 : 1;
  return factor * power;
}

function multiples(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  for (let i = first; i <= last && values.length < 100; i++) values.push(i === 0 ? 0 : Number((i * step).toPrecision(15)));
  return values;
}

/** Ticks of a value axis with about `count` of them. */
export function valueTicks(axis: Axis, count: number): Ticks {
  if (axis.log) return logTicks(axis, count);
  const step = niceStep(axis.to - axis.from, count);
  const values = multiples(axis.from, axis.to, step);
  return { values, labels: values.map((value) => valueLabel(value, step)) };
}

/** Ticks of an axis of shares, told as percentages. */
export function percentTicks(axis: Axis, count: number): Ticks {
  const { values } = valueTicks(axis, count);
  const texts = values.map((value) => String(Number((100 * value).toPrecision(12))));
  const decimals = axis.log ? 0 : Math.max(0, ...texts.map((text) => text.split(".")[1]?.length ?? 0));
  const labels = texts.map((text) => `${minus(decimals > 0 ? Number(text).toFixed(decimals) : text)}%`);
  return { values, labels: labels.map((label, i) => (values[i] === 0 ? "0" : label)) };
}

/** A tick's label with as many digits as its step has. */
function valueLabel(value: number, step: number): string {
  if (value === 0) return "0";
  const size = Math.max(Math.abs(value), step);
  const stepPower = Math.floor(Math.log10(step) + 1e-9);
  if (size < 1e-2) return exponential(value, stepPower);
  if (size < 1e4) return minus(value.toFixed(Math.max(0, -stepPower)));
  return prefixed(value, stepPower);
}

function exponential(value: number, stepPower: number): string {
  const power = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  const [mantissa = "", exponent = ""] = value.toExponential(Math.max(0, power - stepPower)).split("e");
  return `${minus(mantissa)}e${minus(exponent.replace("+", ""))}`;
}

function prefixed(value: number, stepPower: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return exponential(value, stepPower);
  const [power, letter] = size >= 1e12 ? [12, "T"] : size >= 1e9 ? [9, "G"] : size >= 1e6 ? [6, "M"] : [3, "k"];
  return minus((value / 10 ** power).toFixed(Math.max(0, power - stepPower))) + letter;
}

function minus(text: string): string {
  return text.replace("-", "−");
}

/** Powers of ten; within few of them also 2, 3 and 5 times; within less than that the ticks of a linear axis. */
function logTicks({ from, to }: Axis, count: number): Ticks {
  const decades = Math.log10(to / from);
  const room = (count + 1) / decades;
  const factors = room >= 4 ? [1, 2, 3, 5] : room >= 3 ? [1, 2, 5] : room >= 2 ? [1, 3] : [1];
  const every = Math.max(1, Math.round(decades / count));
  const values: number[] = [];
  // A number's powers end there: an axis from 0, or to infinity, has no end otherwise.
  const [first, last] = [Math.max(Math.floor(Math.log10(from)), -324), Math.min(Math.log10(to), 308)];
  for (let power = first; power <= last; power++) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= from && value <= to) values.push(value);
    }
  }
  if (values.length > 1) return { values, labels: values.map(logLabel) };
  const step = niceStep(to - from, count);
  const linear = multiples(from, to, step).filter((value) => value > 0);
  return { values: linear, labels: linear.map((value) => valueLabel(value, step)) };
}

function logLabel(value: number): string {
  const power = Math.floor(Math.log10(value) + 1e-9);
  return power < -2 ? exponential(value, power) : valueLabel(value, 10 ** power);
}

export function stepTicks({ from, to }: Axis, count: number): Ticks {
  const step = Math.max(1, niceStep(to - from, count));
  const values = multiples(from, to, step);
  // One unit for all: 5k, 10k, not 5000, 10k.
  const stepPower = Math.floor(Math.log10(step) + 1e-9);
  const thousands = stepPower >= 3 && Math.max(Math.abs(from), Math.abs(to)) >= 1e4;
  return { values, labels: values.map((value) => (thousands && value !== 0 ? prefixed(value, stepPower) : formatStep(value, true))) };
}

const DURATION_STEPS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

function durationStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  if (rough < 0.1) return niceStep(span, count);
  if (rough > 86_400) return 86_400 * Math.max(1, niceStep(span / 86_400, count));
  const above = DURATION_STEPS.findIndex((one) => one >= rough);
  const [low, high] = [DURATION_STEPS[above - 1], DURATION_STEPS[above]] as [number | undefined, number];
  return low !== undefined && rough < Math.sqrt(low * high) ? low : high;
}

/** Seconds since a run's start. */
export function relativeTicks({ from, to }: Axis, count: number): Ticks {
  const step = durationStep(to - from, count);
  const values = multiples(from, to, step);
  return { values, labels: values.map((value) => relativeLabel(value, step)) };
}

function relativeLabel(value: number, step: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  // What a duration tells of seconds and minutes: less than what lies between two ticks far from the start.
  const told = size < 60 ? 0 : size < 3600 ? 1 : size < 86_400 ? 60 : 3600;
  if (step < told) return (value < 0 ? "−" : "") + clock(size, step);
  if (step < 1) return `${minus(String(value))} s`;
  return formatDuration(value).replace(/^(\d)\.0 s$/, "$1 s").replace(/ 00 [sm]$/, "").replace(/ 0(?=\d)/, " ");
}

/** `16:04.5`, `5:02:10`, `2 d 03:30`: as much of it as a step of so many seconds needs. */
function clock(seconds: number, step: number): string {
  const size = Number(seconds.toFixed(decimalsOf(step)));
  const [days, hours, minutes] = [Math.floor(size / 86_400), Math.floor(size / 3600) % 24, Math.floor(size / 60) % 60];
  const parts = [two(minutes), ...(step < 60 ? [secondsOf(size, step)] : [])];
  if (days > 0) return `${days} d ${[two(hours), ...parts].join(":")}`;
  return (hours > 0 ? [String(hours), ...parts] : parts).join(":");
}

/** The seconds of a minute, with as many digits as a step has. */
function secondsOf(seconds: number, step: number): string {
  const digits = decimalsOf(step);
  return (seconds % 60).toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, "0");
}

function decimalsOf(step: number): number {
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}

/** Of an axis whose values are as far apart as their ratios: of steps or, where `seconds`, since a run's start. */
export function logXTicks(axis: Axis, count: number, seconds: boolean): Ticks {
  const { values, labels } = valueTicks(axis, count);
  return { values, labels: seconds ? values.map((value) => relativeLabel(value, value)) : labels };
}

/** Seconds since 1970, told by the reader's clock. */
export function wallTicks({ from, to }: Axis, count: number): Ticks {
  const step = durationStep(to - from, count);
  const offset = -new Date(from * 1000).getTimezoneOffset() * 60;
  const values = multiples(from + offset, to + offset, step).map((value) => value - offset);
  return { values, labels: values.map((value) => wallLabel(value, step)) };
}

function wallLabel(value: number, step: number): string {
  const digits = decimalsOf(step);
  const rounded = Number(value.toFixed(digits));
  const when = new Date(Math.floor(rounded) * 1000);
  if (step >= 86_400) return `${when.getDate()} ${MONTHS[when.getMonth()] ?? ""}`;
  if (when.getHours() === 0 && when.getMinutes() === 0 && step >= 3600) return `${when.getDate()} ${MONTHS[when.getMonth()] ?? ""}`;
  const time = formatMoment(when, when);
  return step < 60 ? `${time}:${secondsOf(when.getSeconds() + (rounded - Math.floor(rounded)), step)}` : time;
}
