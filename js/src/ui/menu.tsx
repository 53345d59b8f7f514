/** A button that opens a list of things to do. */
import { createContext, type ComponentChildren, type JSX, type TargetedKeyboardEvent } from "preact";
import { useContext, useRef, useState } from "preact/hooks";
import { Icon } from "./icons";
import { Overlay } from "./overlay";

const Close = createContext<() => void>(() => undefined);

interface MenuProps {
  label: string;
  icon: ComponentChildren;
  class?: string;
  side?: "left" | "right";
  children: ComponentChildren;
}

export function Menu({ label, icon, class: extra = "", side = "right", children }: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    anchor.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <button
        type="button"
        class={`tbn-button ${extra}`}
        ref={anchor}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {icon}
      </button>
      {open && (
        <Overlay anchor={anchor} side={side} onClose={() => setOpen(false)} class="tbn-menu" role="menu" label={label}>
          <Close.Provider value={close}>
            <div onKeyDown={moveFocus}>{children}</div>
          </Close.Provider>
        </Overlay>
      )}
    </>
  );
}

interface MenuItemProps {
  /** Absent: an action; else a switch and its state. */
  checked?: boolean;
  /** Of several switches of which one is on. */
  one?: boolean;
  onSelect: () => void;
  children: ComponentChildren;
}

export function MenuItem({ checked, one = false, onSelect, children }: MenuItemProps): JSX.Element {
  const close = useContext(Close);
  const select = () => {
    onSelect();
    close();
  };
  const kind = one ? ("menuitemradio" as const) : ("menuitemcheckbox" as const);
  const role = checked === undefined ? { role: "menuitem" as const } : { role: kind, "aria-checked": checked };
  return (
    <button type="button" class="tbn-menu-item" onClick={select} {...role}>
      <span class="tbn-check">{checked === true && <Icon name="check" />}</span>
      {children}
    </button>
  );
}

/** Items that belong together, under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="tbn-menu-group" role="group" aria-label={label}>
      <p class="tbn-menu-title" aria-hidden="true">
        {label}
      </p>
      {children}
    </div>
  );
}

/** Up and down move the focus through a menu. */
function moveFocus(event: TargetedKeyboardEvent<HTMLDivElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = items.findIndex((item) => item === item.ownerDocument.activeElement);
  const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
  items[next]?.focus();
  event.preventDefault();
}
