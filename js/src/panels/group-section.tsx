/** A group of cards under a heading that folds it. */
import { useComputed } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import type { CurvesState } from "./state";

interface GroupSectionProps {
  /** By which it is remembered that it is folded. */
  id: string;
  title: string;
  count: number;
  /** There is no other group: it has no heading, and is open. */
  headless: boolean;
  state: CurvesState;
  children: ComponentChildren;
}

export function GroupSection({ id, title, count, headless, state, children }: GroupSectionProps): JSX.Element {
  const { options } = state;
  // Only this of `ui`: a zoom or a moved selection is not to render all cards anew.
  const folded = useComputed(() => options.get("ui").collapsed.includes(id)).value;
  const toggle = () => {
    const ui = options.peek("ui");
    const others = ui.collapsed.filter((name) => name !== id);
    options.set("ui", { ...ui, collapsed: folded ? others : [...others, id] });
  };
  return (
    <section class="tbn-group" data-group={id}>
      {!headless && (
        <h2 class="tbn-group-head">
          <button type="button" aria-expanded={!folded} onClick={toggle}>
            <Icon name={folded ? "right" : "down"} />
            <Name text={title} />
            <span class="tbn-second">{count}</span>
          </button>
        </h2>
      )}
      {(headless || !folded) && <div class="tbn-cards">{children}</div>}
    </section>
  );
}
