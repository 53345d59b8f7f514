/** A sound as it swings: where it is pressed, it is played from. */
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Waveform } from "./decode";
import { columnsOf } from "./peaks";
import type { Player } from "./player";
import { formatClock } from "./times";

/** Of more channels the first are drawn. */
const LANES = 2;
/** Share of the sound that an arrow moves by. */
const STEP = 0.05;

interface WaveformViewProps {
  waveform: Waveform | null;
  player: Player;
  color: string;
  label: string;
}

export function WaveformView({ waveform, player, color, label }: WaveformViewProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const seconds = player.seconds.value ?? 0;
  const at = Math.min(player.time.value, seconds);
  useEffect(() => {
    const element = canvas.current;
    if (element === null || waveform === null) return undefined;
    const observer = new ResizeObserver(() => paint(element, waveform, color));
    observer.observe(element);
    return () => observer.disconnect();
  }, [waveform, color]);
  const seekTo = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    player.seek((seconds * (event.clientX - box.left)) / box.width);
  };
  return (
    <div
      class="tbn-wave"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds * 10) / 10}
      aria-valuenow={Math.round(at * 10) / 10}
      aria-valuetext={`${formatClock(at)} of ${formatClock(seconds)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
      onKeyDown={(event) => onKey(event, player, at, seconds)}
    >
      <canvas ref={canvas} />
      <i class="tbn-wave-played" style={{ width: `${seconds > 0 ? (100 * at) / seconds : 0}%` }} />
    </div>
  );
}

function onKey(event: TargetedKeyboardEvent<HTMLDivElement>, player: Player, at: number, seconds: number): void {
  const moves: Partial<Record<string, number>> = {
    ArrowLeft: at - STEP * seconds,
    ArrowDown: at - STEP * seconds,
    ArrowRight: at + STEP * seconds,
    ArrowUp: at + STEP * seconds,
    Home: 0,
    End: seconds,
  };
  const to = moves[event.key];
  if (to !== undefined) player.seek(to);
  else if (event.key === " ") player.toggle();
  else return;
  event.preventDefault();
}

/** One lane a channel; full scale is 1, or the loudest sample where that is more. */
function paint(canvas: HTMLCanvasElement, { channels }: Waveform, color: string): void {
  const scale = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  const context = canvas.getContext("2d");
  if (context === null || width === 0 || height === 0) return;
  canvas.width = width;
  canvas.height = height;
  context.fillStyle = color;
  const lanes = channels.slice(0, LANES).map((peaks) => columnsOf(peaks, width));
  const full = lanes.reduce((most, { low, high }) => low.reduce((sum, value, x) => Math.max(sum, -value, high[x]!), most), 1);
  lanes.forEach(({ low, high }, lane) => {
    const half = height / lanes.length / 2;
    const middle = (2 * lane + 1) * half;
    for (let x = 0; x < width; x++) {
      const top = middle - (high[x]! / full) * half;
      const bottom = middle - (low[x]! / full) * half;
      // Silence is a thin line.
      const thick = Math.max(scale, bottom - top);
      context.fillRect(x, (top + bottom - thick) / 2, 1, thick);
    }
  });
}
