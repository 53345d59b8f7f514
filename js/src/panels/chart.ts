/** One mounted chart: follows the store and paints when something changed. Lives while its card is in sight. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { toX, type Axis, type Scales } from "../maths/scale";
import { percentTicks, valueTicks, type Ticks } from "../maths/ticks";
import type { TagData } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import type { RunInfo } from "../wire/frame";
import type { Range, XAxis, Zoom } from "../wire/options";
import { BOTTOM, leftRoom, RIGHT, TOP, X_TICK, Y_TICK, type FrameState } from "./axes";
import { paintBands } from "./bands";
import { axesOf, xTicks } from "./chart-axes";
import { isCrowded, rawLines, smoothedLines, type Drawn } from "./chart-lines";
import { Composed } from "./composed";
import { curvesOf, type Curve } from "./curve";
import { Derivation } from "./derivation";
import { isPlain } from "./derive";
import { marginsOf } from "./margins";
import type { Figure } from "./download";
import { endsRoom, paintEnds, placeEnds, type End } from "./ends";
import { PlotFrame, type AxisChange } from "./frame";
import { pointsAt, type Hover } from "./hover";
import { breaksOf, paintHoles, paintStops } from "./marks";
import { Motion } from "./motion";
import { erase, paint, paintBreaks, paintDots, paintHover, type Mark } from "./paint";
import { yieldTicks } from "./pill";
import { cancel, schedule, SLICE, WHOLE_FRAME } from "./schedule";
import { heldOf, sightsOf, type Held } from "./sights";
import { Smoothing } from "./smoothing";
import type { CurvesState } from "./state";

/** Radius of the dots on the curves under the pointer or at a marked step, and of those beside, in other cards. */
const HERE = 3.2;
const BESIDE = 2.4;
/** Until lines that were sketched are drawn anew, if nothing else has them drawn. */
const LATE_MS = 3000;

export class Chart {
  /** What the axes show, for marks that lie over them; null before the chart is drawn. */
  readonly scaled = signal<Scales | null>(null);
  /** Of how many points it is drawn where there are too few of them in the page; null where there is no such part. */
  readonly coarse = signal<Held | null>(null);
  readonly #host: HTMLElement;
  readonly #data: TagData;
  readonly #state: CurvesState;
  readonly #width: ReadonlySignal<number>;
  readonly #height: number;
  readonly #onPainted: (lastStep: number | null) => void;
  readonly #hoverKey = {};
  readonly #smoothing = new Smoothing(() => this.#paintSmoothed());
  readonly #motion = new Motion(() => this.#paintAtRest());
  readonly #effects: (() => void)[] = [];
  #late: number | undefined;
  #frame: PlotFrame | null = null;
  readonly #derivation = new Derivation();
  #curves: readonly Curve[] = [];
  /** What lies behind (the raw lines) must be painted anew, not only the smoothed lines. */
  #behindStale = true;
  /** Where it was zoomed to when it was drawn last. */
  #zoomed: Zoom | null;
  #rawShown = false;
  #ticksYield = false;

  constructor(options: {
    host: HTMLElement;
    data: TagData;
    state: CurvesState;
    width: ReadonlySignal<number>;
    height: number;
    onPainted: (lastStep: number | null) => void;
  }) {
    this.#host = options.host;
    this.#data = options.data;
    this.#state = options.state;
    this.#width = options.width;
    this.#height = options.height;
    this.#onPainted = options.onPainted;
    this.#zoomed = this.#state.zoomOf(this.#data.tag);
    schedule(this, (until) => this.#start(until), WHOLE_FRAME);
  }

  destroy(): void {
    cancel(this);
    cancel(this.#hoverKey);
    this.#smoothing.cancel();
    this.#motion.stop();
    window.clearTimeout(this.#late);
    this.#state.store.lookClosely(this, []);
    for (const stop of this.#effects) stop();
    this.#frame?.destroy();
    this.#frame = null;
    this.#host.replaceChildren();
  }

  get curves(): readonly Curve[] {
    if (this.#curves.some((curve) => curve.isStale)) this.#collect(0);
    return this.#curves;
  }

  /** Null before the chart is drawn. */
  get scales(): Scales | null {
    return this.#frame?.scales ?? null;
  }

  /** The figure as it stands, for an export. */
  get figure(): Figure {
    this.#collect(Infinity);
    for (const curve of this.#curves) curve.smooth(Infinity);
    const { scales } = this;
    const state = this.#frameState();
    if (scales === null) return { state, lines: [] };
    const drawn = { ...this.#drawn(scales), brief: false };
    const raw = rawLines(drawn).map((line) => ({ ...line, name: null }));
    const front = smoothedLines(drawn).map((line, i) => ({ ...line, name: this.#nameOf(this.#curves[i]!) }));
    return { state, lines: [...raw, ...front] };
  }

  #nameOf(curve: Curve): string {
    const name = this.#state.nameOf(curve, this.#data);
    return curve.older ? `${name}, attempt ${curve.series.attempt + 1}` : name;
  }

  #start(until: number): void {
    const { options, runOf, theme, look, head } = this.#state;
    if (!this.#collect(until)) {
      schedule(this, (later) => this.#start(later), WHOLE_FRAME);
      return;
    }
    this.#frame = new PlotFrame(this.#host, this.#frameState(), {
      onMoving: (change) => this.#move(change),
      onZoom: (change) => this.#zoom(change),
      onFit: () => this.#state.setZoom(this.#data.tag, null),
    });
    this.#effects.push(
      // All but the smoothing changes what lies behind.
      effect(() => {
        subscribeTo(this.#state.otherTag?.revision.value, this.#state.computed.value);
        subscribeTo(this.#data.revision.value, options.get("x"), options.get("outliers"), runOf.value, theme.value, head.value);
        subscribeTo(this.#state.logX.value, look.value, this.#width.value, this.#state.zoomOf(this.#data.tag), this.#state.logOf(this.#data.tag));
        this.#behindStale = true;
        schedule(this, (until) => this.#draw(until));
      }),
      effect(() => {
        subscribeTo(options.get("smoothing"), this.#state.marked.value);
        schedule(this, (until) => this.#draw(until));
      }),
      effect(() => {
        const hover = this.#state.hover.value;
        schedule(this.#hoverKey, () => this.#drawHover(hover), 0);
      }),
    );
  }

  /** Take the curves as they stand; returns whether their points are summed up. */
  #collect(until: number): boolean {
    const { runOf, store } = this.#state;
    const wanted = this.#state.wanted.peek();
    const taken = (of: (id: number) => RunInfo | undefined) => curvesOf(this.#data, of, wanted.weight, this.#x, this.#state.otherTag);
    const bases = wanted.baseline === "" ? [] : taken((id) => named(store.run(id), wanted.baseline)).filter(({ older }) => !older);
    const edges = this.#data instanceof Composed && this.#data.margins.length > 0 ? marginsOf(this.#data, this.#x) : null;
    const curves = this.#derivation.take(taken(runOf.peek()), bases, { ...wanted, edges }, until);
    if (curves === null) return false;
    this.#curves = curves;
    return curves.map((curve) => curve.prepare(until)).every(Boolean);
  }

  get #x(): XAxis {
    return this.#state.options.peek("x");
  }

  #draw(until: number): void {
    const frame = this.#frame;
    if (frame === null) return;
    if (!this.#collect(until)) {
      // The last picture stays meanwhile.
      schedule(this, (later) => this.#draw(later), SLICE);
      return;
    }
    this.#smoothing.begin(this.#curves);
    // The axes fit the raw values: where only the smoothing changed they stand as they stood.
    if (this.#behindStale || !isPlain(this.#state.wanted.peek())) frame.update(this.#frameState());
    const zoom = this.#state.zoomOf(this.#data.tag);
    if (zoom !== this.#zoomed) this.#motion.move();
    this.#zoomed = zoom;
    this.#paint(frame);
    this.#drawHover(this.#state.hover.peek());
    this.#onPainted(this.#lastStep());
    this.#lookClosely(frame.scales);
  }

  /** Tell what is in sight, and where there are too few points for it, which the kernel may have. */
  #lookClosely(scales: Scales): void {
    const { store, runOf } = this.#state;
    const sights = sightsOf(this.#data, runOf.peek(), this.#x, scales);
    store.lookClosely(this, sights);
    const held = store.coming.peek() > 0 ? null : heldOf(sights);
    if (JSON.stringify(held) !== JSON.stringify(this.coarse.peek())) this.coarse.value = held;
  }

  /**
   * Paint the lines, which were sketched, as they are now smoothed.
   *
   * Where points came in between meanwhile it waits: the store tells when these are to be drawn, and a page that draws at
   * each of their chunks has no time to take them.
   */
  #paintSmoothed(): void {
    if (this.#frame === null) return;
    if (!this.#curves.some((curve) => curve.isStale)) this.#paint(this.#frame);
    else this.#late ??= window.setTimeout(() => this.#drawLate(), LATE_MS);
  }

  /** Paint in full what was painted coarsely while the axes moved. */
  #paintAtRest(): void {
    this.#behindStale = true;
    if (this.#frame !== null) this.#paint(this.#frame);
  }

  #drawLate(): void {
    this.#late = undefined;
    schedule(this, (until) => this.#draw(until));
  }

  #paint(frame: PlotFrame): void {
    if (!this.#curves.every((curve) => !curve.isStale && curve.prepare(0))) {
      schedule(this, (until) => this.#draw(until));
      return;
    }
    const { scales } = frame;
    this.scaled.value = scales;
    const ground = { color: this.#state.look.peek().ground };
    const rawShown = this.#state.options.peek("smoothing") > 0;
    const plain = isPlain(this.#state.wanted.peek());
    if (this.#behindStale || !plain || rawShown !== this.#rawShown) {
      paint(frame.behind, rawLines(this.#drawn(scales)), scales, ground);
      paintBands(frame.behind, this.#curves, scales, (curve) => this.#color(curve));
      paintHoles(frame.behind, this.#curves, scales, this.#state.look.peek());
    }
    this.#behindStale = false;
    this.#rawShown = rawShown;
    paint(frame.front, smoothedLines(this.#drawn(scales)), scales, ground);
    const marked = this.#state.marked.peek();
    if (marked !== null) paintDots(frame.front, this.#marksAt(marked, scales, HERE), scales, ground);
    if (!isCrowded(this.#curves)) paintStops(frame.front, this.#curves, scales, this.#state.look.peek());
    if (this.#endsRoom !== null) paintEnds(frame.front, placeEnds(this.#ends(), scales, this.#state.isShare(this.#data)), scales, this.#state.look.peek());
    paintBreaks(frame.front, breaksOf(this.#curves, this.#state.look.peek()), scales, { ...ground, font: `11px ${this.#state.look.peek().font}` });
  }

  /** The axes follow the pointer, and all that lies in them. */
  #move({ x, y }: AxisChange): void {
    const frame = this.#frame;
    if (frame === null) return;
    const { scales } = frame;
    const axes = { x: movedTo(scales.x, x), y: movedTo(scales.y, y) };
    frame.move({ ...axes, ...this.#ticksOf(axes) });
    this.#motion.move();
    this.#behindStale = true;
    this.#paint(frame);
    erase(frame.over);
  }

  #zoom({ x, y }: AxisChange): void {
    const before = this.#state.zoomOf(this.#data.tag);
    this.#motion.stop();
    this.#state.setZoom(this.#data.tag, { x: x ?? before?.x ?? null, y: y ?? before?.y ?? null });
  }

  #drawHover(hover: Hover | null): void {
    const frame = this.#frame;
    if (frame === null) return;
    const here = hover?.tag === this.#data.tag;
    const { scales } = frame;
    if (here || this.#ticksYield) yieldTicks(this.#host, here ? toX(scales, hover.x) : null);
    this.#ticksYield = here;
    if (hover === null) {
      erase(frame.over);
      return;
    }
    const marks = this.#marksAt(hover.x, scales, here ? HERE : BESIDE);
    const { text, second, ground } = this.#state.look.peek();
    paintHover(frame.over, { x: hover.x, color: here ? text : second, dashed: !here }, marks, scales, { color: ground });
  }

  /** What lies on the curves at an x. */
  #marksAt(at: number, scales: Scales, radius: number): Mark[] {
    return pointsAt(this.curves, at, scales).map(({ curve, x, smoothed }) => ({ x, y: smoothed, color: this.#color(curve), radius }));
  }

  #frameState(): FrameState {
    const { options, look, logX } = this.#state;
    const { tag } = this.#data;
    const axes = axesOf(this.#curves, {
      zoom: this.#state.zoomOf(tag),
      logX: logX.peek(),
      logY: this.#state.logOf(tag),
      outliers: options.peek("outliers"),
    });
    const ticks = this.#ticksOf(axes);
    return {
      width: this.#width.peek(),
      height: this.#height,
      left: leftRoom(ticks.yTicks),
      right: this.#endsRoom ?? RIGHT,
      ...axes,
      ...ticks,
      look: { font: look.peek().font, text: look.peek().second, grid: look.peek().grid, baseline: look.peek().baseline },
    };
  }

  #ticksOf({ x, y }: { x: Axis; y: Axis }): { xTicks: Ticks; yTicks: Ticks } {
    return {
      xTicks: xTicks(this.#x, x, this.#width.peek() / X_TICK),
      yTicks: (this.#state.isShare(this.#data) ? percentTicks : valueTicks)(y, (this.#height - TOP - BOTTOM) / Y_TICK),
    };
  }

  #drawn(scales: Scales): Drawn {
    return { curves: this.#curves, data: this.#data, state: this.#state, scales, brief: this.#motion.goesOn };
  }

  get #large(): boolean {
    return this.#state.sizeOf(this.#data.tag) !== null;
  }

  get #endsRoom(): number | null {
    return endsRoom(this.#newest.map((curve) => this.#nameOf(curve)), { article: this.#state.article, large: this.#large });
  }

  get #newest(): Curve[] {
    return this.#curves.filter(({ older, member }) => !older && !member);
  }

  #ends(): End[] {
    return this.#newest.map((curve) => {
      const name = this.#large ? this.#nameOf(curve) : "";
      return { x: curve.x.at(-1)! - curve.shift, y: curve.lastSmoothed, color: this.#color(curve), name };
    });
  }

  #color({ run }: Curve): string {
    return this.#state.colorOf(run);
  }

  #lastStep(): number | null {
    let last: number | null = null;
    for (const { series, older } of this.#curves) {
      const step = series.step.at(-1);
      if (!older && step !== undefined && (last === null || step > last)) last = step;
    }
    return last;
  }
}

function movedTo(axis: Axis, range: Range | undefined): Axis {
  return range === undefined ? axis : { ...axis, from: range[0], to: range[1] };
}

function named(run: RunInfo | undefined, name: string): RunInfo | undefined {
  return run?.name === name ? run : undefined;
}
