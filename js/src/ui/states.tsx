/** What a view says where there is nothing to draw yet. */
import type { JSX } from "preact";
import type { Store } from "../store/store";
import { clock } from "./clock";
import { elideMiddle, formatCount, formatDuration, visible } from "./format";
import { PANELS } from "./panel-list";
import { baseName } from "./run-name";

/** True where the folder has nothing to show, and this is said instead. */
export function isBlank(store: Store): boolean {
  return store.seq.value < 0 || store.log.value.state !== "ok" || !PANELS.some(({ has }) => has(store));
}

export function BlankState({ store, since }: { store: Store; since: number }): JSX.Element {
  const { path, state, files, interval } = store.log.value;
  const folder = <code>{visible(elideMiddle(path, 80))}</code>;
  const every = interval > 0 ? ` · looks every ${formatDuration(interval)}` : "";
  const waited = store.liveness.saved.value === null ? `waited ${formatDuration(Math.max(0, clock.value - since) / 1000)}${every}` : "";
  const example = `SummaryWriter("${visible(elideMiddle(baseName(path), 40))}").add_scalar("loss", 0.5, 1)`;
  if (store.seq.value < 0) return <Blank title="Waiting for the first data" text="The kernel has not sent any yet." foot="" />;
  if (state === "missing") {
    return <Blank title={<>{folder} does not exist yet</>} text="Curves appear here as soon as a run writes its first value." foot={waited} />;
  }
  if (state === "foreign") {
    const what = files === 1 ? "The folder holds 1 file, and it is no event file." : `The folder holds ${formatCount(files)} files, none of them an event file.`;
    return <Blank title={<>No runs in {folder}</>} text={`${what} Write one with`} code={example} foot={waited} />;
  }
  if (state === "empty") return <Blank title={<>No runs in {folder}</>} text="The folder is empty. Write a first value with" code={example} foot={waited} />;
  return <Blank title="No values yet" text="The runs here have written nothing that can be shown so far." foot={waited} />;
}

interface BlankProps {
  title: JSX.Element | string;
  text: string;
  code?: string;
  foot: string;
}

function Blank({ title, text, code, foot }: BlankProps): JSX.Element {
  return (
    <div class="tbn-blank">
      <h2>{title}</h2>
      <p>{text}</p>
      {code !== undefined && <code class="tbn-example">{code}</code>}
      {foot !== "" && <p>{foot}</p>}
    </div>
  );
}
