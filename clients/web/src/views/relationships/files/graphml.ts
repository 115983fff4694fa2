// The picture as GraphML, which programs that analyse networks read.
import type { FileDocument, FileStatement } from "./document";
import { xml } from "./document";

const graphKeys = [
  "asOf",
  "revision",
  "minConfidence",
  "hiddenTypes",
  "marking",
  "address",
  "sources",
];
const nodeKeys: readonly (readonly [string, string])[] = [
  ["label", "string"],
  ["type", "string"],
  ["marking", "string"],
  ["x", "double"],
  ["y", "double"],
  ["pinned", "boolean"],
];
const edgeKeys = [
  "type",
  "qualifier",
  "sentence",
  "validFrom",
  "validTo",
  "confidence",
  "marking",
  "citations",
];

const key = (owner: string, name: string, type: string): string =>
  `  <key id="${owner}_${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`;

const datum = (owner: string, name: string, value: unknown): string =>
  value === "" ? "" : `<data key="${owner}_${name}">${xml(String(value))}</data>`;

function citationsOf(statement: FileStatement): string {
  return statement.citations
    .map(({ source, locator, confidence }) =>
      [source, locator, confidence].filter(Boolean).join(", "),
    )
    .join("; ");
}

export function toGraphml(document: FileDocument): string {
  const graph = {
    ...document,
    hiddenTypes: document.hiddenTypes.join(" "),
    sources: document.sources
      .map(({ name, title, url }) => [name, title, url].filter(Boolean).join(" | "))
      .join("\n"),
  } as Record<string, unknown>;
  const nodes = document.nodes.map((node) => {
    const values: Record<string, unknown> = { ...node, label: node.displayName };
    return `    <node id="${xml(node.name)}">${nodeKeys.map(([name]) => datum("node", name, values[name])).join("")}</node>\n`;
  });
  const edges = document.statements.map((statement) => {
    const values: Record<string, unknown> = { ...statement, citations: citationsOf(statement) };
    const data = edgeKeys.map((name) => datum("edge", name, values[name])).join("");
    const ends = `source="${xml(statement.from)}" target="${xml(statement.to)}"`;
    return `    <edge id="${xml(statement.name)}" ${ends}>${data}</edge>\n`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n',
    ...graphKeys.map((name) => key("graph", name, "string")),
    ...nodeKeys.map(([name, type]) => key("node", name, type)),
    ...edgeKeys.map((name) => key("edge", name, "string")),
    '  <graph id="picture" edgedefault="directed">\n',
    `    ${graphKeys.map((name) => datum("graph", name, graph[name])).join("")}\n`,
    ...nodes,
    ...edges,
    "  </graph>\n</graphml>\n",
  ].join("");
}
