/** A slider over the steps that there are, however unevenly they lie, and a button that walks through them. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatCount, formatStep } from "../ui/format";
import { Icon } from "../ui/icons";
import { Menu, MenuItem } from "../ui/menu";
import { Playback } from "./playback";

/** Whether what belongs to a step is in the page, on its way, or not in a saved view. */
export type StepState = "here" | "coming" | "absent";

export interface StepSliderProps {
  /** All that can be chosen, ascending. */
  steps: ArrayLike<number>;
  /** Place in `steps` of the one that is shown. */
  at: number;
  onAt: (at: number) => void;
  /** What the slider moves, for those who hear the page. */
  label: string;
  /** Of the step that is shown; what is played waits a moment for what is coming. */
  state?: StepState;
  /** Absent: the slider knows itself whether it plays. */
  playing?: boolean;
  onPlay?: (playing: boolean) => void;
  /** There is little room: the rate of the playing cannot be chosen. */
  compact?: boolean;
}

/** Steps a second. */
const RATES = [1, 2, 5, 10, 25];
const USUAL_RATE = 5;

const WORDS: Readonly<Record<StepState, string>> = { here: "", coming: "coming", absent: "not in this saved view" };

export function StepSlider({ steps, at, onAt, label, state = "here", playing, onPlay, compact = false }: StepSliderProps): JSX.Element {
  const own = useSignal(false);
  const rate = useSignal(USUAL_RATE);
  const plays = playing ?? own.value;
  const play = (on: boolean) => {
    own.value = on;
    onPlay?.(on);
  };
  const last = Math.max(0, steps.length - 1);
  const shown = Math.max(0, Math.min(last, at));
  usePlayback(plays, { rate: rate.value, at: shown, last, waits: state === "coming" }, onAt, () => play(false));
  const toggle = () => {
    if (!plays && shown === last) onAt(0);
    play(!plays);
  };
  const step = steps[shown];
  const word = WORDS[state];
  const place = `${formatCount(shown + 1)} of ${formatCount(steps.length)}`;
  return (
    <div class="tbn-slider tbn-step-slider" data-step={step} data-state={state}>
      <button
        type="button"
        class="tbn-button"
        disabled={last === 0}
        aria-label={`${plays ? "Pause" : "Play"}: ${label}`}
        title={plays ? "Pause" : "Play the steps"}
        onClick={toggle}
      >
        <Icon name={plays ? "pause" : "play"} />
      </button>
      <input
        type="range"
        min="0"
        max={Math.max(1, last)}
        step="1"
        value={last === 0 ? 1 : shown}
        disabled={last === 0}
        aria-label={label}
        aria-valuetext={step === undefined ? "no step" : `step ${formatStep(step, true)}, ${place}${word && `, ${word}`}`}
        style={{ "--tbn-share": `${last === 0 ? 100 : (100 * shown) / last}%` }}
        onInput={(event) => onAt(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== " ") return;
          toggle();
          event.preventDefault();
        }}
      />
      <output title={`${place} steps`}>{step === undefined ? "no step" : formatStep(step, true)}</output>
      {/* Of what is coming the cards tell: here the word would push aside what stands next to it. */}
      {state === "absent" && <span class="tbn-second">{word}</span>}
      {!compact && last > 0 && (
        <Menu label={`${rate.value}/s, steps a second: ${label}`} icon={`${rate.value}/s`} class="tbn-worded tbn-rate" side="left">
          {RATES.map((one) => (
            <MenuItem key={one} one checked={one === rate.value} onSelect={() => (rate.value = one)}>
              {one === 1 ? "1 step a second" : `${one} steps a second`}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}

interface Walk {
  rate: number;
  at: number;
  last: number;
  waits: boolean;
}

/** Walk through the steps while `plays`; tell at the last one that this is over. */
function usePlayback(plays: boolean, walk: Walk, onAt: (at: number) => void, onEnd: () => void): void {
  const given = useSignal({ walk, onAt, onEnd });
  given.value = { walk, onAt, onEnd };
  useEffect(() => {
    if (!plays) return undefined;
    const playback = new Playback();
    let frame = requestAnimationFrame(tick);
    function tick(time: number): void {
      const { walk, onAt, onEnd } = given.peek();
      const next = playback.tick(time, walk);
      if (next === "end") onEnd();
      else if (next !== null) onAt(next);
      frame = requestAnimationFrame(tick);
    }
    return () => cancelAnimationFrame(frame);
  }, [plays]);
}
