import { describe, expect, it } from "vitest";
import {
  elideMiddle, formatAge, formatBytesOf, formatCount, formatDuration, formatMoment, formatStep, formatTogether, formatValue,
  plotlyLabel, visible,
} from "../../src/ui/format";

describe("numbers", () => {
  it.each([
    [0.3571, "0.357"],
    [0.99, "0.99"],
    [3.2e-5, "3.2e−5"],
    [90.34, "90.3"],
    [-0.25, "−0.25"],
    [12_345, "12.3k"],
    [999_999, "1M"],
    [9999.6, "10000"],
    [1e21, "1e21"],
    [0, "0"],
    [NaN, "NaN"],
    [-Infinity, "−∞"],
  ])("%d reads %s", (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it.each([
    [312, "312"],
    [9999, "9999"],
    [62_500, "62.5k"],
    [1_250_000, "1.25M"],
  ])("step %d reads %s", (step, text) => {
    expect(formatStep(step)).toBe(text);
  });

  it("a step that is asked for exactly is whole", () => {
    expect([654_321, -12_345, 312].map((step) => formatStep(step, true))).toEqual(["654\u202f321", "−12\u202f345", "312"]);
  });

  it("of one table have as many digits as tell them apart", () => {
    expect(formatTogether([0.5, 0.25])).toEqual(["0.500", "0.250"]);
    expect(formatTogether([0.12341, 0.12344])).toEqual(["0.12341", "0.12344"]);
    expect(formatTogether([1, 1, 1])).toEqual(["1.00", "1.00", "1.00"]);
  });

  it("of things stand in groups of three", () => {
    expect(formatCount(1_234_567)).toBe("1\u202f234\u202f567");
    expect(formatCount(312)).toBe("312");
  });
});

describe("times and sizes", () => {
  it.each([
    [0.42, "0.4 s"],
    [12, "12 s"],
    [200, "3 m 20 s"],
    [964, "16 m 04 s"],
    [3900, "1 h 05 m"],
    [183_600, "2 d 03 h"],
    [59.7, "1 m 00 s"],
    [-3, "−3.0 s"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [12.2, "12 s"],
    [330, "5 min"],
    [7300, "2 h"],
    [400_000, "4 days"],
  ])("an age of %d seconds is %s", (seconds, text) => {
    expect(formatAge(seconds)).toBe(text);
  });

  it("a moment has its date only where it is another day", () => {
    const now = new Date(2026, 10, 24, 18, 0);
    expect(formatMoment(new Date(2026, 10, 24, 14, 2), now)).toBe("14:02");
    expect(formatMoment(new Date(2026, 10, 3, 9, 5), now)).toBe("3 Nov 09:05");
    expect(formatMoment(new Date(2025, 10, 3, 9, 5), now)).toBe("3 Nov 2025 09:05");
  });

  it("two sizes share a unit", () => {
    expect(formatBytesOf(212e6, 640e6)).toBe("212 of 640 MB");
    expect(formatBytesOf(1.2e6, 4.5e6)).toBe("1.2 of 4.5 MB");
  });
});

describe("names from files", () => {
  it.each([
    ["a\u202egnp.exe", "a\\u202egnp.exe"],
    ["a\0b\x1b[31m\n\t", "a\\0b\\e[31m\\n\\t"],
    ["lo\u200bss", "lo\\u200bss"],
    ["\ud800x", "\\ud800x"],
    ["損失 🙂", "損失 🙂"],
    ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ])("what cannot be seen in %j is made visible", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("two names that only look alike are shown differently", () => {
    expect(visible("loss\u200b")).not.toBe(visible("loss"));
  });

  it("are elided in the middle: the end tells them apart", () => {
    expect(elideMiddle("events.out.tfevents.1763999999.gpu3.0", 21)).toBe("events.out…999.gpu3.0");
    expect(elideMiddle("short", 5)).toBe("short");
    expect(elideMiddle("x".repeat(10_000_000), 300)).toHaveLength(300);
  });

  it("are never cut through a surrogate pair", () => {
    expect(elideMiddle("🙂🙂🙂🙂🙂", 6)).toBe("🙂…🙂");
  });

  it.each([
    ['<a href="https://evil">x</a>', "&lt;a href=\"https://evil\"&gt;x&lt;/a&gt;"],
    ["&lt;img&gt;", "&amp;lt;img&amp;gt;"],
    ["$\\href{javascript:1}{x}$", "&#36;\\href{javascript:1}{x}&#36;"],
  ])("%j is no markup and no formula in a label of Plotly's", (text, label) => {
    expect(plotlyLabel(text)).toBe(label);
  });
});
