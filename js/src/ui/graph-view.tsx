/** The Graph panel of a view: which run's network is drawn. */
import type { JSX } from "preact";
import { GraphPanel } from "../graph/panel";
import type { Store } from "../store/store";
import { elideMiddle, visible } from "./format";
import { runLabel } from "./run-name";
import type { Theme } from "./tokens";

export function GraphView({ store, theme, width }: { store: Store; theme: Theme; width: number }): JSX.Element | null {
  const graphs = store.graphs.value;
  const runs = store.runs.value.filter((run) => graphs.has(run.id));
  const { options } = store;
  const ui = options.get("ui");
  const run = runs.find(({ name }) => name === ui.graph.run) ?? runs[0];
  const graph = run && graphs.get(run.id);
  if (run === undefined || graph === undefined) return null;
  const open = Object.hasOwn(ui.open, run.name) ? (ui.open[run.name] ?? null) : null;
  const onOpen = (keys: string[]) => {
    const others = Object.entries(ui.open).filter(([name]) => name !== run.name);
    options.set("ui", { ...ui, open: Object.fromEntries([...others, [run.name, keys]]) });
  };
  const select = runs.length > 1 && (
    <select
      class="tbn-select"
      aria-label="Run whose graph is drawn"
      value={run.name}
      onChange={(event) => options.set("ui", { ...ui, graph: { ...ui.graph, run: event.currentTarget.value } })}
    >
      {runs.map((one) => (
        <option key={one.id} value={one.name}>
          {visible(elideMiddle(runLabel(one, store.log.value.path), 60))}
        </option>
      ))}
    </select>
  );
  return <GraphPanel key={run.id} graph={graph} open={open} onOpen={onOpen} ui={ui.graph} onUi={(graph) => options.set("ui", { ...options.peek("ui"), graph })} theme={theme} width={width} status={select} />;
}
