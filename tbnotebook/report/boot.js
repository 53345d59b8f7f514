const say = (words) => {
  for (const figure of document.querySelectorAll(".tbn-figure")) {
    const note = document.createElement("p");
    note.className = "tbn-note";
    note.textContent = words;
    figure.append(note);
  }
};
try {
  const packed = Uint8Array.from(atob(document.getElementById("tbn-bundle").textContent), (c) => c.charCodeAt(0));
  const code = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(code).text();
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { mountReport } = await import(address);
  URL.revokeObjectURL(address);
  await mountReport(document);
} catch (error) {
  say(`Only the picture: this browser could not start the interactive figure (${error}).`);
}
