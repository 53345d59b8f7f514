/** The histograms of a tag: of one run, or of all that are shown. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { FigureCard } from "../figures/card";
import { layersOf, presenceOf, type Layer } from "../figures/layers";
import { PresenceLine } from "../figures/presence";
import type { Figure } from "../figures/plate";
import { downloadText, fileName } from "../panels/download";
import type { Columns } from "../panels/layout";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import { elideMiddle, formatStep, visible } from "../ui/format";
import { Name } from "../ui/name";
import { runLabel } from "../ui/run-name";
import type { BandScene } from "./bands";
import { histogramCsv } from "./csv";
import { bandFigure, overlayFigure, ridgeFigure, type BandSpot, type Given, type Waiting } from "./figure";
import type { OverlayScene } from "./overlay";
import type { RidgeScene } from "./ridge";
import type { Mode } from "./settings";
import type { Spot } from "./spots";
import { BandTip, BinTip } from "./tips";

interface HistogramCardProps {
  data: MediaTag;
  title: string;
  /** The one run and attempt that the card is for; null: all. */
  only: { run: number; attempt: number } | null;
  mode: Mode;
  state: CurvesState;
  columns: Columns;
}

/** Pixels by which rows behind each other need more than curves. */
const HIGHER = 44;

export function HistogramCard({ data, title, only, mode, state, columns }: HistogramCardProps): JSX.Element {
  const given = useMemo((): Given => {
    const mine = ({ series }: Layer) => only === null || (series.run === only.run && series.attempt === only.attempt);
    return { data, state, layers: () => layersOf(data, state.runOf.peek()).filter(mine) };
  }, [data, state, only?.run, only?.attempt]);
  const common = { given, title, single: only !== null, columns };
  if (mode === "ridge") return <RidgeCard key="ridge" {...common} />;
  return mode === "overlay" ? <OverlayCard key="overlay" {...common} /> : <BandCard key="bands" {...common} />;
}

interface CommonProps {
  given: Given;
  title: string;
  single: boolean;
  columns: Columns;
}

function RidgeCard(props: CommonProps): JSX.Element {
  const figure = useMemo(() => ridgeFigure(props.given), [props.given]);
  return <Shown {...props} figure={figure} rowsIn={rowCount} tip={(scene, spot) => <BinTip scene={scene} spot={spot} state={props.given.state} />} />;
}

function OverlayCard(props: CommonProps): JSX.Element {
  const figure = useMemo(() => overlayFigure(props.given), [props.given]);
  return <Shown {...props} figure={figure} rowsIn={rowCount} tip={(scene, spot) => <BinTip scene={scene} spot={spot} state={props.given.state} />} />;
}

function BandCard(props: CommonProps): JSX.Element {
  const figure = useMemo(() => bandFigure(props.given), [props.given]);
  return <Shown {...props} figure={figure} rowsIn={pointCount} tip={(scene, spot) => <BandTip scene={scene} spot={spot} state={props.given.state} />} />;
}

function rowCount({ rows }: RidgeScene | OverlayScene): number {
  return rows.length;
}

function pointCount({ layers }: BandScene): number {
  return layers.reduce((sum, { points }) => sum + points.length, 0);
}

interface ShownProps<Scene extends Waiting<object>, Marked> extends CommonProps {
  figure: Figure<Scene, Marked>;
  rowsIn: (scene: Scene) => number;
  tip: (scene: Scene, spot: Marked) => JSX.Element;
}

function Shown<Scene extends Waiting<object>, Marked extends Spot | BandSpot>({ given, title, single, columns, figure, rowsIn, tip }: ShownProps<Scene, Marked>): JSX.Element {
  const { data, state, layers } = given;
  const label = (layer: Layer) => runLabel(layer.run, state.store.log.peek().path);
  const name = visible(elideMiddle(data.tag, 200));
  const presence = () => presenceOf(layers(), state.store.media.live);
  const newest = Math.max(...layers().map(({ series }) => series.steps.at(-1) ?? NaN));
  return (
    <FigureCard
      tag={data.tag}
      title={title}
      owner={ownerOf(layers(), single, state)}
      id={`histograms: ${data.tag}`}
      state={state}
      columns={columns}
      higher={HIGHER}
      figure={figure}
      look={{
        label: (scene) => `Histograms of ${name}: ${scene === null ? 0 : rowsIn(scene)} of ${presence().total} steps are drawn`,
        aside: single ? <Owner layers={layers()} state={state} /> : null,
        foot: (scene) => <PresenceLine presence={presence()} drawn={scene === null ? 0 : rowsIn(scene)} coming={scene?.coming ?? 0} />,
        tip,
        legend: () => layers().map((layer) => ({ color: state.colorOf(layer.run), text: label(layer) })),
        hooks: (scene) => ({ "data-rows": scene === null ? 0 : rowsIn(scene), "data-run": single ? (layers()[0]?.run.name ?? "") : "", "data-last-step": newest }),
      }}
      onCsv={() => downloadText(histogramCsv(layers()), "text/csv", `${fileName(data.tag)}.csv`)}
    />
  );
}

/** The name of the run whose card it is, where there are others; null: it is for all. */
function ownerOf([layer]: readonly Layer[], single: boolean, state: CurvesState): string | null {
  if (!single || layer === undefined || state.listed.value.length < 2) return null;
  const attempt = layer.run.attempts > 1 ? `, attempt ${layer.series.attempt + 1}` : "";
  return runLabel(layer.run, state.store.log.peek().path) + attempt;
}

/** Whose card it is, and how far it has come. */
function Owner({ layers: [layer], state }: { layers: readonly Layer[]; state: CurvesState }): JSX.Element | null {
  if (layer === undefined) return null;
  subscribeTo(state.theme.value);
  const last = layer.series.steps.at(-1) ?? NaN;
  return (
    <span class="tbn-whose">
      <i class="tbn-swatch tbn-small" style={{ background: state.colorOf(layer.run) }} />
      {state.listed.value.length > 1 && <Name text={runLabel(layer.run, state.store.log.peek().path)} />}
      {layer.run.attempts > 1 && <span>attempt {layer.series.attempt + 1}</span>}
      {Number.isFinite(last) && <span class="tbn-count">{formatStep(last)}</span>}
    </span>
  );
}
