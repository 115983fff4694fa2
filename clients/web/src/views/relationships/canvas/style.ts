// Colours and measures of the picture, read from the page's own tokens so that both themes hold.
import type cytoscape from "cytoscape";

import type { Family } from "../model/looks";
import { knownTypes, lookOf } from "../model/looks";

const families: readonly Family[] = [
  "place",
  "instrument",
  "body",
  "agency",
  "theme",
  "concern",
  "event",
  "evidence",
];

// The value of a token at an element.
export function token(element: globalThis.Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim() || "#888888";
}

// Below this size of its letters a label is not drawn: it could not be read.
export const smallestLabel = 7;

export function styleOf(container: HTMLElement): cytoscape.StylesheetJson {
  const colour = (name: string): string => token(container, name);
  const font = token(container, "font");
  return [
    {
      selector: "node",
      style: {
        width: 22,
        height: 22,
        color: colour("ink"),
        "font-family": font,
        "font-size": 12.5,
        "min-zoomed-font-size": smallestLabel,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-max-width": "96px",
        "text-wrap": "ellipsis",
        "text-background-color": colour("surface"),
        "text-background-opacity": 0.78,
        "text-background-padding": "1px",
        "background-color": colour("kind-evidence"),
        "border-width": 1.2,
        "border-color": colour("ink"),
        "border-opacity": 0.75,
      },
    },
    {
      selector: "node.labelled, node.opened, node.named, node.chosen, node.lit",
      style: { label: "data(label)" },
    },
    ...families.map((family) => ({
      selector: `node.${family}`,
      style: { "background-color": colour(`kind-${family}`) },
    })),
    ...[...knownTypes, "other"].map((type) => ({
      selector: `node.type-${type}`,
      style: shapeStyle(lookOf(type).corners),
    })),
    {
      selector: "node.opened",
      style: {
        width: 34,
        height: 34,
        "font-size": 14,
        "font-weight": "bold",
        "min-zoomed-font-size": 4.5,
        "text-max-width": "220px",
        "z-index": 5,
      },
    },
    { selector: "node.named", style: { "font-weight": "bold", "min-zoomed-font-size": 4.5 } },
    {
      selector: "node.pinned",
      style: { "border-style": "double", "border-width": 4, "border-opacity": 1 },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "haystack",
        "haystack-radius": 0,
        width: "data(width)",
        "line-color": colour("line-strong"),
        opacity: 0.55,
      },
    },
    { selector: "edge.unsure", style: { "line-style": "dashed" } },
    {
      selector: "edge.near",
      style: { "line-color": colour("accent"), opacity: 0.95, "z-index": 6 },
    },
    { selector: "node.dim", style: { opacity: 0.28, "text-opacity": 0.3 } },
    { selector: "edge.dim", style: { opacity: 0.12 } },
    {
      selector: "edge.lit",
      style: { "line-color": colour("focus"), opacity: 1, width: 4, "z-index": 8 },
    },
    {
      selector: "node.lit",
      style: {
        "border-color": colour("focus"),
        "border-width": 3,
        "border-opacity": 1,
        "min-zoomed-font-size": 4,
        "z-index": 9,
      },
    },
    {
      selector: "node.chosen",
      style: {
        "underlay-color": colour("focus"),
        "underlay-opacity": 0.45,
        "underlay-padding": 7,
        "underlay-shape": "ellipse",
        "min-zoomed-font-size": 4,
        "text-wrap": "wrap",
        "text-max-width": "180px",
        "text-background-opacity": 0.95,
        "z-index": 10,
      },
    },
  ] as cytoscape.StylesheetJson;
}

function shapeStyle(corners: readonly number[]): Record<string, unknown> {
  if (corners.length === 0) return { shape: "ellipse" };
  return { shape: "polygon", "shape-polygon-points": corners.join(" ") };
}

// Calls `change` when the reader or the system changes the theme. Returns what ends that.
export function onThemeChange(change: () => void): () => void {
  const theme = new MutationObserver(change);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => theme.disconnect();
}
