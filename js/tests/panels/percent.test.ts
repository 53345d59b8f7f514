import { expect, it } from "vitest";
import { isShare } from "../../src/panels/percent";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part } from "../frames";

function store(...parts: Parameters<typeof part>[]) {
  const source = new FakeSource();
  const made = new Store(source);
  source.send(frame("key", 1, parts.map((one) => part(...one))));
  return { source, tags: () => made.tags.value };
}

it.each(["val/accuracy", "acc", "accuracy_top5", "valTop1", "eval/F1-score", "mIoU", "test.AUROC"])("%s is a share", (tag) => {
  expect(store([tag, [0, 0.5, 1, NaN]]).tags().map(isShare)).toEqual([true]);
});

it.each(["loss", "calibration_error", "accumulated", "stop", "lr", "desktop1"])("%s is none", (tag) => {
  expect(store([tag, [0.5]]).tags().map(isShare)).toEqual([false]);
});

it("an accuracy of 90 is none, of whichever run, and from the moment it comes", () => {
  expect(store(["acc", [0.5]], ["acc", [90], { run: 1 }]).tags().map(isShare)).toEqual([false]);
  const { source, tags } = store(["acc", [0.5]]);
  expect(tags().map(isShare)).toEqual([true]);
  source.send(frame("delta", 2, [part("acc", [1.5], { from: 1 })]));
  expect(tags().map(isShare)).toEqual([false]);
});
