// The picture as a drawing of its own, with its legend, its date and its sources: it can be put into
// a briefing and still says where it comes from.
import { lookOf, orderOfType } from "../model/looks";
import type { FileDocument, FileNode, FileStatement } from "./document";
import { basisOf, xml } from "./document";

// The colours of a drawing, by the names of the page's tokens.
export type Colour = (token: string) => string;

const radius = 11;
const margin = 70;
const lineHeight = 20;
const longestLabel = 30;
const font = "Helvetica, Arial, 'DejaVu Sans', sans-serif";

export interface Drawing {
  text: string;
  width: number;
  height: number;
}

export function toSvg(document: FileDocument, colour: Colour): Drawing {
  const xs = document.nodes.map((node) => node.x);
  const ys = document.nodes.map((node) => node.y);
  const left = Math.min(0, ...xs) - margin;
  const top = Math.min(0, ...ys) - margin;
  const width = Math.max(Math.max(0, ...xs) + margin - left, 560);
  const below = Math.max(0, ...ys) + margin - top;
  const footer = footerOf(document, width, colour);
  const height = below + footer.height;
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">\n`,
    `<title>${xml(titleOf(document))}</title>\n<desc>${xml(basisOf(document))}</desc>\n`,
    metadataOf(document),
    `<rect width="${width}" height="${height}" fill="${colour("surface")}"/>\n`,
    `<g transform="translate(${-left} ${-top})">\n${linesOf(document, colour)}${document.nodes.map((node) => nodeOf(node, colour)).join("")}</g>\n`,
    `<g transform="translate(0 ${below})">\n${footer.text}</g>\n</svg>\n`,
  ].join("");
  return { text, width, height };
}

function titleOf(document: FileDocument): string {
  return `Relationships: ${document.nodes.length} nodes, ${document.statements.length} statements`;
}

// What a program finds in the drawing: date, revision, and the sources with their addresses.
function metadataOf(document: FileDocument): string {
  const { asOf, revision, minConfidence, marking, address, sources } = document;
  return `<metadata>${xml(JSON.stringify({ asOf, revision, minConfidence, marking, address, sources }))}</metadata>\n`;
}

export function shapeOf(type: string, size: number, attributes: string): string {
  const { corners } = lookOf(type);
  if (corners.length === 0) return `<circle r="${size}" ${attributes}/>`;
  const points = corners.map((value) => Math.round(value * size * 10) / 10).join(" ");
  return `<polygon points="${points}" ${attributes}/>`;
}

function nodeOf(node: FileNode, colour: Colour): string {
  const fill = colour(`kind-${lookOf(node.type).family}`);
  const shape = shapeOf(
    node.type,
    radius,
    `fill="${fill}" stroke="${colour("ink")}" stroke-width="${node.pinned ? 2.4 : 1}"`,
  );
  const label = node.displayName || node.name;
  const short = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
  const text = `<text y="${radius + 13}" font-size="11" text-anchor="middle" fill="${colour("ink")}" stroke="${colour("surface")}" stroke-width="3" paint-order="stroke">${xml(short)}</text>`;
  return `<g transform="translate(${node.x} ${node.y})"><title>${xml(`${label} (${lookOf(node.type).one})`)}</title>${shape}${text}</g>\n`;
}

function linesOf(document: FileDocument, colour: Colour): string {
  const places = new Map(document.nodes.map((node) => [node.name, node]));
  const pairs = new Map<string, FileStatement[]>();
  for (const statement of document.statements) {
    const pair = [statement.from, statement.to].sort().join(" ");
    pairs.set(pair, [...(pairs.get(pair) ?? []), statement]);
  }
  return [...pairs.values()]
    .map((statements) => {
      const from = places.get(statements[0]?.from ?? "");
      const to = places.get(statements[0]?.to ?? "");
      if (!from || !to) return "";
      const title = statements.map((statement) => statement.sentence).join("\n");
      const width = Math.min(1 + 0.7 * (statements.length - 1), 3.8);
      const ends = `x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"`;
      return `<line ${ends} stroke="${colour("line-strong")}" stroke-opacity="0.6" stroke-width="${width}"><title>${xml(title)}</title></line>\n`;
    })
    .join("");
}

function footerOf(
  document: FileDocument,
  width: number,
  colour: Colour,
): { text: string; height: number } {
  const types = [...new Set(document.nodes.map((node) => node.type))].sort(
    (one, other) => orderOfType(one) - orderOfType(other),
  );
  const column = 180;
  const columns = Math.max(1, Math.floor((width - 2 * 20) / column));
  const ink = colour("ink");
  const legend = types.map((type, index) => {
    const x = 30 + (index % columns) * column;
    const y = 20 + Math.floor(index / columns) * lineHeight;
    const shape = shapeOf(
      type,
      6.5,
      `fill="${colour(`kind-${lookOf(type).family}`)}" stroke="${ink}" stroke-width="0.8"`,
    );
    const name = `<text x="14" y="4" font-size="12" fill="${ink}">${xml(lookOf(type).many)}</text>`;
    return `<g transform="translate(${x} ${y})">${shape}${name}</g>\n`;
  });
  const rows = Math.ceil(types.length / columns);
  const lines = [basisOf(document), ...sourceLines(document, Math.floor((width - 40) / 5.6))];
  const start = 20 + rows * lineHeight + 14;
  const texts = lines.map(
    (line, index) =>
      `<text x="24" y="${start + index * 15}" font-size="${index === 0 ? 12 : 10}" fill="${colour(index === 0 ? "ink" : "ink-soft")}">${xml(line)}</text>\n`,
  );
  const rule = `<line x1="20" x2="${width - 20}" y1="0" y2="0" stroke="${colour("line")}"/>\n`;
  return { text: rule + legend.join("") + texts.join(""), height: start + lines.length * 15 + 14 };
}

// The titles of the sources in lines of at most `longest` letters; beyond a dozen lines the rest is
// counted, and named in the metadata.
function sourceLines(document: FileDocument, longest: number): string[] {
  const most = 12;
  const lines: string[] = [];
  let line = "Sources:";
  for (const [index, source] of document.sources.entries()) {
    const title = ` ${source.title || source.name}${index + 1 < document.sources.length ? ";" : "."}`;
    if (line.length + title.length > longest) {
      lines.push(line);
      line = "";
      if (lines.length === most)
        return [...lines, `and ${document.sources.length - index} more, named within this file.`];
    }
    line += title;
  }
  return document.sources.length > 0 ? [...lines, line.trim()] : [];
}
