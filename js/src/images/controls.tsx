/** The line of controls above the pictures. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { placeOf, unionOf } from "../media/steps";
import { StepSlider } from "../media/step-slider";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import { formatValue } from "../ui/format";
import { Icon } from "../ui/icons";
import { Overlay } from "../ui/overlay";
import { Segments } from "../ui/segments";
import type { ImagesState } from "./state";
import { LEAST_LIGHT } from "./ui";

interface ImageControlsProps {
  images: ImagesState;
  /** What has a card. */
  shown: readonly MediaTag[];
}

export function ImageControls({ images, shown }: ImageControlsProps): JSX.Element {
  const { view } = images;
  const [linked, side, trueSize] = [images.linked.value, images.side.value, images.trueSize.value];
  for (const { revision } of shown) subscribeTo(revision.value);
  const steps = unionOf(shown.flatMap((data) => images.shown(data).map((one) => one.steps)));
  const onAt = (at: number) => view.setStep(at >= steps.length - 1 ? null : (steps[at] ?? null));
  return (
    <div class="tbn-media-controls" role="toolbar" aria-label="Images">
      {linked && (
        <StepSlider steps={steps} at={placeOf(steps, view.step)} onAt={onAt} label="Step" state={images.waiting.value > 0 ? "coming" : "here"} />
      )}
      <button
        type="button"
        class="tbn-segment"
        aria-pressed={linked}
        title="All cards follow one step; else each has its own"
        onClick={() => images.steps.setLinked(!linked, shown)}
      >
        One step for all
      </button>
      <span class="tbn-gap" />
      <Segments
        label="Side by side"
        items={[
          { text: "Runs", on: side === "runs", hook: { "data-side": "runs" }, select: () => images.set({ side: "runs" }) },
          { text: "Steps", on: side === "steps", hook: { "data-side": "steps" }, select: () => images.set({ side: "steps" }) },
        ]}
      />
      <Segments
        label="Size of the pictures"
        items={[
          { text: "Fit", on: !trueSize, select: () => images.setTrueSize(false) },
          { text: "True size", on: trueSize, select: () => images.setTrueSize(true) },
        ]}
      />
      <LightButton images={images} />
    </div>
  );
}

function LightButton({ images }: { images: ImagesState }): JSX.Element {
  const open = useSignal(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const { brightness, contrast } = images.ui.value;
  const older = images.older.value;
  const again = images.view.store.runs.value.some(({ attempts }) => attempts > 1);
  const changed = brightness !== 1 || contrast !== 1;
  return (
    <>
      <button
        type="button"
        class="tbn-button"
        ref={anchor}
        aria-label="Brightness and contrast"
        title="Brightness and contrast"
        aria-expanded={open.value}
        data-on={changed}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="sliders" />
      </button>
      {open.value && (
        <Overlay anchor={anchor} side="right" onClose={() => (open.value = false)} class="tbn-box tbn-light" label="Brightness and contrast">
          <Light name="Brightness" value={brightness} onValue={(value) => images.set({ brightness: value })} />
          <Light name="Contrast" value={contrast} onValue={(value) => images.set({ contrast: value })} />
          <div class="tbn-light-foot">
            {again && (
              <label>
                <input type="checkbox" checked={older} onChange={(event) => images.steps.setOlder(event.currentTarget.checked)} /> Earlier attempts
              </label>
            )}
            <span class="tbn-gap" />
            <button type="button" class="tbn-link" disabled={!changed} onClick={() => images.set({ brightness: 1, contrast: 1 })}>
              As they are
            </button>
          </div>
        </Overlay>
      )}
    </>
  );
}

/** A factor; equal ways along the slider are equal ratios, and its middle is the picture as it is. */
function Light({ name, value, onValue }: { name: string; value: number; onValue: (value: number) => void }): JSX.Element {
  const position = 0.5 - Math.log(value) / (2 * Math.log(LEAST_LIGHT));
  return (
    <label class="tbn-smoothing">
      <span class="tbn-second">{name}</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={position}
        aria-valuetext={formatValue(value)}
        style={{ "--tbn-share": `${100 * position}%` }}
        onInput={(event) => onValue(LEAST_LIGHT ** (1 - 2 * Number(event.currentTarget.value)))}
      />
      <output>{formatValue(value)}</output>
    </label>
  );
}
