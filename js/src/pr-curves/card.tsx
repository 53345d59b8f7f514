/** The curves of precision over recall of a tag, all runs in one plot, with the areas below them. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { FigureCard } from "../figures/card";
import { layersOf, presenceOf, type Layer } from "../figures/layers";
import type { Figure } from "../figures/plate";
import { RunMark } from "../figures/run-mark";
import { toX, toY } from "../maths/scale";
import { CardSlider, type CardSteps } from "../media/card-steps";
import { Staying } from "../media/staying";
import { downloadText, fileName } from "../panels/download";
import type { Columns } from "../panels/layout";
import { dot } from "../panels/paint";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import { elideMiddle, formatStep, formatTogether, visible } from "../ui/format";
import { runLabel } from "../ui/run-name";
import { prCsv } from "./csv";
import { neighbourPoint, paintPr, placeAt, pointsOf, prScene, prSpotAt, type PrScene, type PrSpot } from "./scene";
import { PrTip } from "./tip";

interface PrCardProps {
  data: MediaTag;
  title: string;
  steps: CardSteps;
  state: CurvesState;
  columns: Columns;
}

/** Of more curves the best are told. */
const ROWS = 5;
const HIGHER = 24;
const OWN_DOT = 4;
const OTHER_DOT = 3;

export function PrCard({ data, title, steps, state, columns }: PrCardProps): JSX.Element {
  const layers = () => shownLayers(data, steps, state);
  const figure = useMemo(() => figureOf(data, steps, state), [data, steps, state]);
  const name = visible(elideMiddle(data.tag, 200));
  return (
    <FigureCard
      tag={data.tag}
      title={title}
      owner={null}
      id={`pr_curves: ${data.tag}`}
      state={state}
      columns={columns}
      higher={HIGHER}
      figure={figure}
      look={{
        label: (scene) => `Precision over recall of ${name}: ${scene?.curves.length ?? 0} curves`,
        aside: <span class="tbn-whose">precision over recall</span>,
        foot: (scene) => scene && <Areas scene={scene} layers={layers()} followed={steps.stepOf(data.tag) === null} state={state} />,
        controls: <CardSlider steps={steps} card={data} />,
        tip: (scene, spot) => <PrTip scene={scene} spot={spot} state={state} />,
        legend: () => layers().map(({ run }) => ({ color: state.colorOf(run), text: runLabel(run, state.store.log.peek().path) })),
        hooks: (scene) => ({ "data-curves": scene?.curves.length ?? 0 }),
      }}
      onCsv={() => downloadText(prCsv(layers()), "text/csv", `${fileName(data.tag)}.csv`)}
    />
  );
}

/** The runs that show; of each its newest attempt, or all if that is wanted. */
function shownLayers(data: MediaTag, steps: CardSteps, state: CurvesState): Layer[] {
  return layersOf(data, state.runOf.peek()).filter(({ older }) => !older || steps.older);
}

function figureOf(data: MediaTag, steps: CardSteps, state: CurvesState): Figure<PrScene, PrSpot> {
  const colorOf = ({ run }: Layer) => state.colorOf(run);
  const { media } = state.store;
  const staying = new Staying();
  const shownAt = ({ series }: Layer, at: number) => staying.at(`${series.run}:${series.attempt}`, series, at, media.state(series, at));
  return {
    follow: () => subscribeTo(data.revision.value, state.runOf.value, steps.stepOf(data.tag), steps.older, state.look.value, state.theme.value),
    scene: (size) => {
      const step = steps.stepOf(data.tag);
      const scene = prScene(shownLayers(data, steps, state), step, size, shownAt);
      for (const layer of scene.missing) media.want(layer.series, placeAt(layer, step));
      return scene;
    },
    paint: (context, scene) => paintPr(context, scene, state.look.peek(), colorOf),
    followOver: () => undefined,
    paintOver: (context, scene, spot) => {
      if (spot === null) return;
      const { ground } = state.look.peek();
      const points = pointsOf(scene, spot).sort((a, b) => Number(a.own) - Number(b.own));
      for (const { curve, index, own } of points) {
        const [px, py] = [toX(scene.scales, curve.recall[index]!), toY(scene.scales, curve.precision[index]!)];
        dot(context, px, py, own ? OWN_DOT : OTHER_DOT, { color: colorOf(curve.layer), ground });
      }
    },
    spotAt: prSpotAt,
    neighbour: neighbourPoint,
    press: () => undefined,
  };
}

/** The areas below the curves, the largest first, and which curves are not here. */
interface AreasProps {
  scene: PrScene;
  layers: readonly Layer[];
  /** No step is chosen: the newest show. */
  followed: boolean;
  state: CurvesState;
}

function Areas({ scene, layers, followed, state }: AreasProps): JSX.Element {
  const best = scene.curves.toSorted((a, b) => b.area - a.area || 0);
  const shown = best.slice(0, ROWS);
  const areas = formatTogether(shown.map(({ area }) => area));
  const averages = formatTogether(shown.map(({ average }) => average));
  const { live } = state.store.media;
  const { errors } = presenceOf(layers, live);
  const words = [
    best.length > shown.length && `${best.length - shown.length} more with smaller areas`,
    scene.missing.length > 0 && !live && `${scene.missing.length} not in this saved view`,
    errors.length > 0 && `${errors.length} cannot be read`,
  ].filter((word) => word !== false);
  return (
    <div class="tbn-areas">
      {shown.length > 0 && (
        <table class="tbn-table">
          <thead>
            <tr>
              <th>run</th>
              <th>step</th>
              <th title="Average precision: of each threshold the precision, weighted with the recall that it adds">AP</th>
              <th title="Area under the curve, by trapezoids; level from the least recall down to 0">area</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ layer, step }, i) => (
              <tr key={i}>
                <th scope="row">
                  <span class="tbn-whose">
                    <RunMark layer={layer} state={state} />
                  </span>
                </th>
                <td>{formatStep(step, true)}</td>
                <td>{averages[i]}</td>
                <td class="tbn-strong">{areas[i]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {words.length > 0 && (
        <p class="tbn-second tbn-foot-note" title={errors[0] && visible(elideMiddle(errors[0], 300))}>
          {words.join(" · ")}
        </p>
      )}
      {scene.missing.length > 0 && live && (
        <p class="tbn-second tbn-foot-note tbn-coming" data-followed={followed && scene.curves.length > 0}>{`${scene.missing.length} coming`}</p>
      )}
    </div>
  );
}
