/** The Graph panel of a view: which run's network is drawn. */
import type { JSX } from "preact";
import { GraphPanel } from "../graph/panel";
import type { Store } from "../store/store";
import type { RunInfo } from "../wire/frame";
import type { AnyGraph } from "../wire/graph";
import { elideMiddle, visible } from "./format";
import { runLabel } from "./run-name";
import type { Theme } from "./tokens";

export function GraphView({ store, theme, width }: { store: Store; theme: Theme; width: number }): JSX.Element | null {
  const { options } = store;
  const ui = options.get("ui");
  const all = choices(store);
  const chosen = all.find(({ run, name }) => run.name === ui.graph.run && name === ui.graph.name) ?? all[0];
  if (chosen === undefined) return null;
  const key = chosen.name === "" ? chosen.run.name : `${chosen.run.name}#${chosen.name}`;
  const open = Object.hasOwn(ui.open, key) ? (ui.open[key] ?? null) : null;
  const onOpen = (keys: string[]) => {
    const others = Object.entries(ui.open).filter(([name]) => name !== key);
    options.set("ui", { ...ui, open: Object.fromEntries([...others, [key, keys]]) });
  };
  const choose = (at: number) => {
    const to = all[at];
    if (to !== undefined) options.set("ui", { ...ui, graph: { ...ui.graph, run: to.run.name, name: to.name } });
  };
  const select = all.length > 1 && (
    <select class="tbn-select" aria-label="Graph that is drawn" value={all.indexOf(chosen)} onChange={(event) => choose(Number(event.currentTarget.value))}>
      {all.map((one, i) => (
        <option key={`${one.run.id}:${one.name}`} value={i}>
          {visible(elideMiddle([runLabel(one.run, store.log.value.path), one.name].filter(Boolean).join(" · "), 60))}
        </option>
      ))}
    </select>
  );
  return (
    <GraphPanel
      key={`${chosen.run.id}:${chosen.name}`}
      graph={chosen.graph}
      open={open}
      onOpen={onOpen}
      ui={ui.graph}
      onUi={(graph) => options.set("ui", { ...options.peek("ui"), graph })}
      theme={theme}
      width={width}
      status={select}
    />
  );
}

/** All graphs of all runs; of each run the newest one first. */
function choices(store: Store): { run: RunInfo; name: string; graph: AnyGraph }[] {
  const graphs = store.graphs.value;
  return store.runs.value.flatMap((run) =>
    [...(graphs.get(run.id) ?? [])].map(([name, graph]) => ({ run, name, graph })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}
