/** The options of a view as signals: what a person sets here is saved, what others set arrives here. */
import { batch, signal, type Signal } from "@preact/signals";
import { DEFAULT_OPTIONS, type Options } from "../wire/options";
import type { Source } from "../wire/source";

/** A dragged slider sets an option at every frame: it is saved at most this often. */
const SAVE_EVERY_MS = 150;

type OptionSignals = { readonly [K in keyof Options]: Signal<Options[K]> };

export class OptionState {
  readonly #signals: OptionSignals;
  readonly #save: (changed: Partial<Options>) => void;
  #unsaved: Partial<Options> = {};
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(source: Source) {
    const { options } = source;
    const names = Object.keys(DEFAULT_OPTIONS) as (keyof Options)[];
    this.#signals = Object.fromEntries(names.map((name) => [name, signal(options[name])])) as unknown as OptionSignals;
    this.#save = (changed) => source.saveOptions(changed);
    source.onOptions((changed) => this.#follow(changed));
  }

  /** Read an option; inside an effect or a component this subscribes to it. */
  get<K extends keyof Options>(name: K): Options[K] {
    return this.#signals[name].value;
  }

  /** Read an option without subscribing. */
  peek<K extends keyof Options>(name: K): Options[K] {
    return this.#signals[name].peek();
  }

  /** Set an option and save it. */
  set<K extends keyof Options>(name: K, value: Options[K]): void {
    this.#signals[name].value = value;
    this.#unsaved[name] = value;
    this.#timer ??= setTimeout(() => this.flush(), SAVE_EVERY_MS);
  }

  /** Save now what waits to be saved. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const changed = this.#unsaved;
    this.#unsaved = {};
    if (Object.keys(changed).length > 0) this.#save(changed);
  }

  /** What others set, except what was set here and is not saved yet: the last writer wins. */
  #follow(changed: Partial<Options>): void {
    batch(() => {
      for (const name of Object.keys(changed) as (keyof Options)[]) {
        if (!(name in this.#unsaved)) this.#assign(name, changed[name]);
      }
    });
  }

  #assign<K extends keyof Options>(name: K, value: Options[K] | undefined): void {
    if (value !== undefined) this.#signals[name].value = value;
  }
}
