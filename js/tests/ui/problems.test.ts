import { describe, expect, it } from "vitest";
import { badgeWords } from "../../src/ui/problems";
import type { Problem } from "../../src/wire/frame";
import { run } from "../frames";

const problem = (kind: string): Problem => ({ run: null, path: "p", offset: 3, reason: "bad checksum", kind });

describe("the badge", () => {
  it("names what was found", () => {
    expect(badgeWords(1, [problem("damaged")], [])).toBe("1 record skipped");
    expect(badgeWords(3, [problem("unreadable")], [])).toBe("3 files not readable");
    expect(badgeWords(2, [problem("damaged"), problem("foreign")], [])).toBe("2 problems");
  });

  it("puts lost events first, and a reason that is short", () => {
    const lost = (reason: string) => [run(0, "a", { lost: { count: 12_000, steps: null, reason } })];
    expect(badgeWords(1, [problem("damaged")], lost("disk full"))).toBe("12\u202f000 events dropped (disk full)");
    expect(badgeWords(0, [], lost("the disk takes nothing and the buffer is full"))).toBe("12\u202f000 events dropped");
  });
});
