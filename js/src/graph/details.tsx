import type { ComponentChildren, JSX } from "preact";
import type { Item, TensorFact } from "../wire/graph";
import { bytesText, exactText, flopsText, tensorText, shapeText } from "./facts";
import type { Model } from "./model";
import { shownText } from "./text";

interface DetailsProps {
  readonly model: Model;
  readonly id: number;
  readonly name: string;
  /** Nothing for what cannot be opened. */
  readonly open: boolean | null;
  onToggle: () => void;
  /** Shows all repeats of an open stack, or one; nothing elsewhere. */
  readonly all: { readonly shown: boolean; toggle: () => void } | null;
  /** Brings it into the diagram; nothing where it is there. */
  onShow: (() => void) | null;
  onClose: () => void;
}

const LONG = 300;
const MANY = 40;

/** All that is known of one item. */
export function Details({ model, id, name, open, onToggle, all, onShow, onClose }: DetailsProps): JSX.Element | null {
  const item = model.items[id];
  if (item === undefined) return null;
  const total = model.payload.totals.params;
  const own = (item.params ?? []).reduce((sum, param) => sum + param.shape.reduce((product, dim) => product * dim, 1), 0);
  const count = item.count ?? own;
  return (
    <aside class="tbn-details" aria-label={`Details of ${shownText(name)}`}>
      <button type="button" class="tbn-icon tbn-close" aria-label="Close details" onClick={onClose}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 4L12 12M12 4L4 12" />
        </svg>
      </button>
      <h3>
        <Value text={item.path !== undefined && item.path !== "" ? item.path : name} />
      </h3>
      <p class="tbn-quiet">
        <Value text={kindText(item)} />
      </p>
      {open !== null && (
        <p class="tbn-deeds">
          <button type="button" class="tbn-link" onClick={onToggle}>
            {open ? "Close" : "Open"}
          </button>
          {all !== null && (
            <button type="button" class="tbn-link" onClick={() => all.toggle()}>
              {all.shown ? "Show one" : `Show all ${item.children?.length ?? 0}`}
            </button>
          )}
        </p>
      )}
      {onShow !== null && (
        <p class="tbn-deeds">
          <button type="button" class="tbn-link" onClick={onShow}>
            Show in the diagram
          </button>
        </p>
      )}
      {count > 0 && (
        <Section>
          <Fact name="Parameters">
            {exactText(count)}
            {total > 0 && <div class="tbn-quiet">{shareText(count / total)} of all</div>}
          </Fact>
          {(item.params ?? []).slice(0, MANY).map((param) => (
            <Fact key={param.name} name={param.name}>
              {shapeText(param.shape)}
              <div class="tbn-quiet">
                <Value text={[param.dtype, param.trainable ? "" : "frozen", param.shared === true ? "shared" : ""].filter((part) => part !== "").join(", ")} />
              </div>
            </Fact>
          ))}
          <More count={(item.params?.length ?? 0) - MANY} />
        </Section>
      )}
      <Section>
        <Tensors name="Input" tensors={item.inputs ?? []} />
        <Tensors name="Output" tensors={item.outputs ?? []} />
        {(item.flops ?? 0) > 0 && (
          <Fact name="FLOPs">
            {flopsText(item.flops ?? 0).replace(/FLOPs$/, "").trim()}
            {(model.payload.totals.flops ?? 0) > 0 && <div class="tbn-quiet">{shareText((item.flops ?? 0) / (model.payload.totals.flops ?? 1))} of all</div>}
          </Fact>
        )}
        {(item.bytes ?? 0) > 0 && <Fact name="Results">{bytesText(item.bytes ?? 0)}</Fact>}
      </Section>
      <Section>
        {(item.attrs ?? []).slice(0, MANY).map(([key, value]) => (
          <Fact key={key} name={key}>
            <Value text={value} />
          </Fact>
        ))}
        <More count={(item.attrs?.length ?? 0) - MANY} />
        {item.shared !== undefined && item.shared !== "" && (
          <Fact name="Shared with">
            <Value text={item.shared} />
          </Fact>
        )}
        {item.mutates === true && <Fact name="In place">yes</Fact>}
        {item.training !== undefined && <Fact name="Mode">{item.training ? "training" : "evaluation"}</Fact>}
      </Section>
      {item.source !== undefined && item.source !== "" && (
        <Section>
          <dt>Source</dt>
          <dd class="tbn-source">
            <Value text={item.source} />
          </dd>
        </Section>
      )}
    </aside>
  );
}

function kindText(item: Item): string {
  const cls = item.cls ?? "";
  if (item.kind === "stack") return `${cls} × ${item.children?.length ?? 0}`;
  if (item.aside === true) return "aside of the flow: no lines to and from it";
  if (item.kind === "fold") return "group of layers";
  if (item.kind === "module") return cls;
  const kind = item.kind === "op" ? "operation" : item.kind;
  return cls === "" || cls === item.name ? kind : `${kind} ${cls}`;
}

function shareText(share: number): string {
  const percent = share * 100;
  return `${percent >= 99.95 || percent === 0 ? Math.round(percent) : percent.toPrecision(2)} %`;
}

function Section({ children }: { children: ComponentChildren }): JSX.Element {
  return <dl>{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>
        <Value text={name} />
      </dt>
      <dd>{children}</dd>
    </>
  );
}

function Tensors({ name, tensors }: { name: string; tensors: readonly TensorFact[] }): JSX.Element {
  return (
    <>
      {tensors.slice(0, MANY).map((tensor, i) => (
        <Fact key={i} name={tensors.length === 1 ? name : `${name} ${i + 1}`}>
          {shownText(tensorText(tensor))}
        </Fact>
      ))}
      <More count={tensors.length - MANY} />
    </>
  );
}

function More({ count }: { count: number }): JSX.Element | null {
  return count > 0 ? <dd class="tbn-quiet">and {count} more</dd> : null;
}

/** Untrusted text: isolated, what is invisible made visible, cut where it is endless. */
function Value({ text }: { text: string }): JSX.Element {
  const cut = text.length > LONG ? `${text.slice(0, LONG)}… (${exactText(text.length)} characters)` : text;
  return <bdi>{shownText(cut)}</bdi>;
}
