import { describe, expect, it } from "vitest";
import { Control } from "../../src/entry/control";
import type { WidgetModel } from "../../src/entry/model";

interface Sent {
  channel: string;
  header: { msg_type: string; session: string; msg_id: string };
  content: Record<string, unknown>;
}

const GOT = { type: "got", stream: "s", n: 1 } as const;

/** A kernel that keeps what it is sent and replies when it is told to. */
function fake() {
  const sent: Sent[] = [];
  const futures: { onReply: (reply: { content: Record<string, unknown> }) => void; done: Promise<unknown> }[] = [];
  const kernel = {
    clientId: "client",
    username: "",
    dead: false,
    sendControlMessage(message: unknown) {
      if (kernel.dead) throw new Error("Kernel is dead");
      sent.push(message as Sent);
      const future = { onReply: () => undefined, done: new Promise(() => undefined) };
      futures.push(future);
      return future;
    },
  };
  const control = new Control({ widget_manager: { kernel } } as unknown as WidgetModel, "view");
  return { control, kernel, sent, reply: (content: Record<string, unknown>) => futures.at(-1)!.onReply({ content }) };
}

describe("the control channel", () => {
  it("is relied on once the kernel has said that it hears a page there", () => {
    const { control, sent, reply } = fake();
    expect(control.say({ type: "key?" })).toBe(false);
    expect(sent).toEqual([]);
    expect(control.say(GOT)).toBe(false);
    expect(sent[0]).toMatchObject({ channel: "control", header: { msg_type: "comm_info_request", session: "client" } });
    expect(sent[0]!.content.tbnotebook).toEqual({ view: "view", word: GOT });
    reply({ status: "ok", comms: {}, tbnotebook: true });
    expect([control.say(GOT), control.say({ type: "key?" })]).toEqual([true, true]);
    expect(new Set(sent.map(({ header }) => header.msg_id)).size).toBe(3);
  });

  it("is left alone where nobody listens, and where there is none", () => {
    const { control, sent, reply } = fake();
    control.say(GOT);
    reply({ status: "ok", comms: {} });
    expect(control.say(GOT)).toBe(false);
    expect(sent).toHaveLength(1);
    const bare = new Control({} as WidgetModel, "view");
    expect(bare.say(GOT)).toBe(false);
  });

  it("says that a kernel which has gone heard nothing", () => {
    const { control, kernel, reply } = fake();
    control.say(GOT);
    reply({ tbnotebook: true });
    kernel.dead = true;
    expect(control.say(GOT)).toBe(false);
  });
});
