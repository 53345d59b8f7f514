// One output of a host that isolates each: ipywidgets' own manager and anywidget's own front end, in a sandboxed frame.
// The test is the kernel's side: `kernelHears` takes what the page sends, `frameHears` brings what the kernel sends.
require.config({ baseUrl: document.baseURI });
const toBytes = (text) => new DataView(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
const listeners = new Map();

const commOf = (id) => ({
  comm_id: id,
  target_name: "jupyter.widget",
  on_msg: (listener) => listeners.set(id, listener),
  on_close: () => undefined,
  send: (data) => window.kernelHears({ id, data }),
  close: () => undefined,
});

window.frameHears = ({ id, data, buffers }) => listeners.get(id)?.({ content: { data }, buffers: buffers.map(toBytes) });

/** Make models from their state at this moment. */
window.openModels = async (states) => {
  const [{ HTMLManager }, base] = await new Promise((resolve) => {
    require(["@jupyter-widgets/html-manager", "@jupyter-widgets/base"], (...modules) => resolve(modules));
  });
  window.manager ??= new HTMLManager({
    loader: (name) => new Promise((resolve, reject) => require([name], resolve, reject)),
  });
  for (const [model, state] of Object.entries(states)) {
    const message = { content: { data: { state } }, metadata: { version: base.PROTOCOL_VERSION } };
    await window.manager.handle_comm_open(commOf(model), message);
  }
};

window.drawOutput = async (id) => {
  const place = document.body.appendChild(document.createElement("div"));
  const view = await window.manager.create_view(await window.manager.get_model(id));
  await window.manager.display_view(view, place);
};
