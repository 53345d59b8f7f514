import { expect, it } from "vitest";
import { fileName } from "../../src/panels/download";

it.each([
  ["train/loss", "train_loss"],
  ["../../etc/passwd", "etc_passwd"],
  ["<img src=x>", "img_src_x_"],
  ["損失", "損失"],
  ["///", "chart"],
])("the tag %j makes the file name %s", (tag, name) => {
  expect(fileName(tag)).toBe(name);
});
