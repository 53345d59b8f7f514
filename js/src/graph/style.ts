/** Styles of the diagram; colours come from the variables that the shell sets. */
export const GRAPH_CSS = `
.tbn-graph { color: var(--tbn-text); }
`;
