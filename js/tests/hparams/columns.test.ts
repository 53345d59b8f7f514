import { describe, expect, it } from "vitest";
import { type Column, columnKey, columnTitle, movedColumn, toggledColumn, usualColumns } from "../../src/hparams/columns";
import { csvOf } from "../../src/hparams/csv";
import { readHParamsUi, USUAL } from "../../src/hparams/ui-state";

const hparam = (name: string): Column => ({ kind: "hparam", name });
const metric = (tag: string): Column => ({ kind: "metric", tag, of: "last" });

describe("columns", () => {
  it("are by themselves what differs, and the metrics that runs told", () => {
    const hparams = ["a", "b", "c", "d", "e", "f", "g"].map((name, i) => ({ name, values: i < 2 ? 3 : 1 }));
    const tags = [{ tag: "loss", rows: 5 }, { tag: "acc", rows: 2 }];
    expect(usualColumns({ hparams, told: ["acc", "absent"], tags }).map(columnTitle)).toEqual(["a", "b", "acc"]);
  });

  it("are all hyperparameters where there are few, and else the most common tags", () => {
    const tags = [{ tag: "rare", rows: 1 }, { tag: "loss", rows: 5 }, { tag: "acc", rows: 4 }];
    expect(usualColumns({ hparams: [{ name: "seed", values: 1 }], told: [], tags }).map(columnTitle)).toEqual(["seed", "loss", "acc"]);
  });

  it("come at the end of their kind, go, and are moved", () => {
    const columns = [hparam("lr"), metric("loss")];
    const more = toggledColumn(columns, hparam("bs"));
    expect(more.map(columnTitle)).toEqual(["lr", "bs", "loss"]);
    expect(toggledColumn(more, hparam("lr")).map(columnTitle)).toEqual(["bs", "loss"]);
    expect(movedColumn(more, columnKey(metric("loss")), columnKey(hparam("lr"))).map(columnTitle)).toEqual(["loss", "lr", "bs"]);
    expect(movedColumn(more, columnKey(hparam("lr")), null).map(columnTitle)).toEqual(["bs", "loss", "lr"]);
  });

  it("tell another number of their tag without becoming another column", () => {
    const least: Column = { kind: "metric", tag: "loss", of: "min" };
    expect(columnTitle(least)).toBe("min loss");
    expect(columnKey(least)).toBe(columnKey(metric("loss")));
  });
});

describe("what was set in the panel", () => {
  it("comes back as it was, and nothing of what makes no sense", () => {
    const ui = { ...USUAL, columns: [hparam("lr"), metric("loss")], sort: { key: "run", down: true }, log: { __proto__: null, a: true }, colour: "" };
    expect(readHParamsUi(JSON.parse(JSON.stringify(ui)))).toEqual(ui);
    expect(readHParamsUi({ columns: [3, { kind: "hparam" }], sort: [], filters: { a: 1 }, log: { a: 2 }, colour: 3 })).toEqual({ ...USUAL, columns: [] });
    expect(readHParamsUi(null)).toEqual(USUAL);
  });
});

describe("the table as CSV", () => {
  it("computes nothing, and has numbers whole", () => {
    const rows = [["=1+1", 0.1, null, undefined, true], ['a,"b"', NaN, "None", -Infinity, "+x"]];
    expect([...csvOf(["run", "lr", "=a", "b", "c"], rows)].join("")).toBe(
      `run,lr,'=a,b,c\n'=1+1,0.1,None,,true\n"a,""b""",nan,None,-inf,'+x\n`,
    );
  });
});
