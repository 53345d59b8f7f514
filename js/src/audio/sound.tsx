/** One sound: its waveform, and what plays it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { elideMiddle, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { identify, waveformOf, type Waveform } from "./decode";
import { Player } from "./player";
import type { SoundFacts } from "./sniff";
import { describe, formatClock } from "./times";
import { WaveformView } from "./waveform";

interface SoundProps {
  bytes: Uint8Array<ArrayBuffer>;
  /** What the writer calls it; empty for most. */
  label: string;
  /** What it is to those who hear the page. */
  name: string;
  color: string;
}

export function Sound({ bytes, label, name, color }: SoundProps): JSX.Element {
  const facts = useMemo(() => identify(bytes), [bytes]);
  return (
    <div class="tbn-sound">
      {label !== "" && <bdi class="tbn-sound-label">{visible(elideMiddle(label, 200))}</bdi>}
      {typeof facts === "string" ? (
        <p class="tbn-sound-note">{facts}</p>
      ) : (
        <Playable bytes={bytes} facts={facts} name={label === "" ? name : `${name}, ${visible(elideMiddle(label, 60))}`} color={color} />
      )}
    </div>
  );
}

function Playable({ bytes, facts, name, color }: Omit<SoundProps, "label"> & { facts: SoundFacts }): JSX.Element | null {
  const player = useSignal<Player | null>(null);
  const drawn = useSignal<Waveform | string | null>(null);
  useEffect(() => {
    const made = new Player(bytes, facts.type);
    player.value = made;
    drawn.value = null;
    let wanted = true;
    void waveformOf(bytes, facts).then((waveform) => {
      if (wanted) drawn.value = waveform;
    });
    return () => {
      wanted = false;
      made.close();
    };
  }, [bytes, facts]);
  const one = player.value;
  if (one === null) return null;
  const waveform = drawn.value;
  const fault = one.fault.value ?? (typeof waveform === "string" ? waveform : null);
  const plays = one.plays.value;
  return (
    <>
      <div class="tbn-player" data-plays={plays} data-drawn={waveform !== null && typeof waveform !== "string"}>
        <button
          type="button"
          class="tbn-button"
          aria-label={`${plays ? "Pause" : "Play"}: ${name}`}
          title={plays ? "Pause" : "Play"}
          disabled={one.fault.value !== null}
          onClick={() => one.toggle()}
        >
          <Icon name={plays ? "pause" : "play"} />
        </button>
        <WaveformView waveform={typeof waveform === "string" ? null : waveform} player={one} color={color} label={`Place in ${name}`} />
      </div>
      <p class="tbn-sound-facts">
        <output>{formatClock(one.time.value)}</output>
        <span> / {one.seconds.value === null ? "…" : formatClock(one.seconds.value)}</span>
        <span>{describe(facts)}</span>
      </p>
      {fault !== null && <p class="tbn-sound-note">{fault}</p>}
    </>
  );
}
