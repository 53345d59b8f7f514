/** A view as a whole: line of controls, runs and status, one panel. */
import { computed, effect, signal, useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { SelectionBar } from "../panels/selection-table";
import { CurvesState, type CanvasLook, type HeadOf } from "../panels/state";
import { now } from "../store/now";
import type { Store } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import { BaselineChip } from "./baseline";
import { clock, useClock } from "./clock";
import { Controls } from "./controls";
import { formatStep } from "./format";
import { GraphView } from "./graph-view";
import type { Capabilities } from "./mount";
import { Icon } from "./icons";
import { Name } from "./name";
import { panelsOf } from "./panel-list";
import { ProblemsBadge } from "./problems";
import { ResizeHandle } from "./resize";
import { Scroller } from "./scroller";
import { FEW_RUNS, RunChips, RunList } from "./runs";
import { BlankState, isBlank } from "./states";
import { factsOf, Status } from "./status";
import { statusOf, type StatusState } from "./status-words";
import { readLook } from "./theme";
import type { Theme } from "./tokens";
import { Untold } from "./untold";

/** Height at which a view scrolls inside, unless the person set another, CSS pixels. */
const HEIGHT_LIMIT = 560;
/** With this width and more the list of many runs is open from the start. */
const ROOM_FOR_LIST = 1000;
const SIDE_LIST = 700;
const LIST = 264 + 32;
/** Height of what stands above the rows of the list, less what stands above the cards. */
const LIST_HEAD = 56;
/** Where the list is not beside the cards but above them. */
const FOLDED_LIST = 208;
/** A run that has not ended and wrote in this time is drawn as live, seconds. */
const LIVE_WITHIN = 900;
const HEADLESS: ReadonlySet<StatusState> = new Set<StatusState>(["gone", "saved", "loading"]);

interface ViewProps {
  id: string;
  store: Store;
  theme: ReadonlySignal<Theme>;
  capabilities: Capabilities;
}

export function View({ id, store, theme, capabilities }: ViewProps): JSX.Element {
  useClock();
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  useHeld(root, store);
  const state = useCurvesState(store, theme, root, capabilities.print === true);
  const listWanted = useSignal<boolean | null>(null);
  const since = useMemo(() => now(), []);
  const blank = isBlank(store);
  const many = state.listed.value.length > FEW_RUNS;
  const listOpen = !blank && many && (listWanted.value ?? width.value >= ROOM_FOR_LIST);
  const beside = listOpen && width.value >= SIDE_LIST;
  const besideSignal = useSignal(beside);
  besideSignal.value = beside;
  const cardsWidth = useComputed(() => width.value - (besideSignal.value ? LIST : 0));
  const panels = panelsOf(store, blank);
  const panel = panels.find(({ name }) => name === store.options.get("panel")) ?? panels[0];
  const Body = panel?.Body;
  const status = (
    <span class="tbn-state">
      <ProblemsBadge store={store} />
      {(capabilities.live || store.liveness.saved.value !== null) && <Status store={store} />}
    </span>
  );
  const limit = capabilities.print === true ? null : (store.options.get("height") ?? HEIGHT_LIMIT);
  const listLimit = beside ? limit && limit - LIST_HEAD : FOLDED_LIST;
  const list = listOpen && <RunList state={state} height={listLimit} onFold={() => (listWanted.value = false)} />;
  return (
    <div
      class="tbn-view"
      ref={root}
      data-view={id}
      data-theme={theme.value}
      data-shows={panel?.name}
      data-seq={store.seq.value}
      data-points={store.points.value}
      // JupyterLab takes Enter, arrows and letters for itself wherever the focus is in a notebook, unless this is there.
      data-lm-suppress-shortcuts="true"
    >
      <Controls state={state} panels={panels} panel={panel?.name ?? "curves"} width={width.value} active={!blank} status={status} />
      {blank && <BlankState store={store} since={since} />}
      {!blank && Body && width.value > 0 && (
        <div class={beside ? "tbn-body tbn-beside" : "tbn-body"}>
          {beside && list}
          <div class="tbn-main">
            <div class="tbn-runs">
              {width.value >= 520 && status}
              {many ? <RunSummary state={state} onOpen={listOpen ? null : () => (listWanted.value = true)} /> : <Folder store={store} />}
              {!many && <RunChips state={state} />}
              {panel.name === "curves" && <BaselineChip state={state} />}
            </div>
            {!beside && list}
            <Scroller key={panel.name} limit={limit}>
              <Body state={state} width={cardsWidth} />
              <Untold panel={panel.name} store={store} />
            </Scroller>
            {panel.name === "curves" && <SelectionBar state={state} />}
          </div>
        </div>
      )}
      {!blank && panel?.name === "graph" && width.value > 0 && <GraphView store={store} theme={theme.value} width={width.value} />}
      {!blank && Body && capabilities.resize === true && <ResizeHandle options={store.options} root={root} />}
    </div>
  );
}

/** The folder, where the runs' names do not already tell it. */
function Folder({ store }: { store: Store }): JSX.Element | null {
  const runs = store.runs.value;
  if (runs.length === 1 && runs[0]?.name === ".") return null;
  const { path } = store.log.value;
  return <Name class="tbn-folder" text={path} />;
}

/** What stands above the cards where the runs are a list. */
function RunSummary({ state, onOpen }: { state: CurvesState; onOpen: (() => void) | null }): JSX.Element {
  const { store } = state;
  const runs = state.listed.value;
  const shown = state.owners.value.length;
  const last = Math.max(...runs.map((run) => run.last_step ?? 0));
  return (
    <div class="tbn-summary">
      {onOpen && (
        <button type="button" class="tbn-button" aria-label="Open the list of runs" title="Open the list of runs" onClick={onOpen}>
          <Icon name="list" />
        </button>
      )}
      <Name class="tbn-folder" text={store.log.value.path} />
      <span class="tbn-second">
        {shown === runs.length ? `${runs.length} runs` : `${shown} of ${runs.length} runs`} · up to step {formatStep(last)}
      </span>
    </div>
  );
}

/** Tell in the page how many points it has; each chunk changes that, for which nothing else is to be drawn. */
function useHeld(root: RefObject<HTMLElement | null>, store: Store): void {
  useEffect(() => effect(() => root.current?.setAttribute("data-held", String(store.held.value))), [store]);
}

/** Width of what is inside an element; 0 before it is laid out. */
function useWidth(root: RefObject<HTMLElement | null>) {
  const width = useSignal(0);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const inside = element.clientWidth - (Number.parseFloat(paddingLeft) || 0) - (Number.parseFloat(paddingRight) || 0);
      // A hidden view (another tab of the notebook) has no width: keep the last.
      if (inside > 0) width.value = inside;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

function useCurvesState(store: Store, theme: ReadonlySignal<Theme>, root: RefObject<HTMLElement | null>, article: boolean): CurvesState {
  const { look, state } = useMemo(() => {
    const look = signal<CanvasLook>(NO_LOOK);
    // A string, so that the charts are only painted anew when it changes, not at every tick of the clock.
    const heads = computed(() => {
      const status = statusOf(factsOf(store, clock.value)).state;
      // While a folder loads, where its lines end is not where their runs are.
      if (HEADLESS.has(status)) return "";
      const kernel = store.liveness.heard.value?.kernel ?? 0;
      const written = store.runs.value.filter((run) => !run.ended && run.last !== null && kernel - run.last < LIVE_WITHIN);
      return [status === "silent" ? "silent" : "live", ...written.map(({ id }) => id)].join(" ");
    });
    const head = computed<HeadOf>(() => {
      const [kind, ...ids] = heads.value.split(" ");
      const written = new Set(ids.map(Number));
      return (run) => (written.has(run.id) ? (kind as "live" | "silent") : null);
    });
    return { look, state: new CurvesState(store, { theme, look, head, article }) };
  }, [store]);
  useEffect(
    () =>
      effect(() => {
        subscribeTo(theme.value);
        // The style sheet follows the attribute that the same change sets.
        requestAnimationFrame(() => {
          if (root.current !== null) look.value = readLook(root.current);
        });
      }),
    [store],
  );
  return state;
}

const NO_LOOK: CanvasLook = {
  ground: "#ffffff",
  text: "#1f2328",
  second: "#59636e",
  grid: "rgba(31, 35, 40, .08)",
  baseline: "rgba(31, 35, 40, .28)",
  gone: "#a31b59",
  font: "system-ui, sans-serif",
  rawAlpha: 0.24,
  olderAlpha: 0.38,
};
