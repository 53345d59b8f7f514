import { expect, it } from "vitest";
import { settle } from "../../src/panels/sight";

/** Cards in a row: where each stands, in sight (s), nearby (n) or away (-). */
function cards(row: string) {
  return Array.from(row, (letter) => {
    const card = { seen: letter === "s", near: letter !== "-", drawn: false, draws: 0, draw: () => (card.draws += 1) };
    return card;
  });
}

const drawn = (all: ReturnType<typeof cards>) => all.map((card) => (card.drawn ? "x" : "-")).join("");

it("cards in sight are drawn, and cards nearby while there is room", () => {
  const all = cards("--nnnsssssssssnnn--");
  settle(all);
  expect(drawn(all)).toBe("--xxxxxxxxxxxx-----");
});

it("all in sight are drawn, however many", () => {
  const all = cards("nnsssssssssssssssnn");
  settle(all);
  expect(drawn(all)).toBe("--xxxxxxxxxxxxxxx--");
});

it("a card nearby stays drawn until those in sight need its room, and then goes", () => {
  const all = cards("nnnsssssssss");
  settle(all);
  const move = (row: string) => {
    for (const [i, letter] of Array.from(row).entries()) Object.assign(all[i]!, { seen: letter === "s", near: letter !== "-" });
    settle(all);
  };
  all.push(...cards("nnn"));
  move("nnnsssssssssnnn");
  expect(drawn(all)).toBe("xxxxxxxxxxxx---");
  move("-nnnnnssssssnnn");
  expect(drawn(all)).toBe("-xxxxxxxxxxxx--");
  expect(all[3]!.draws, "what stays is not drawn anew").toBe(1);
});
