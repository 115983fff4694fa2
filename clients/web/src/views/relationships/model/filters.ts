// What of a picture is shown: by type, by date and by confidence. The date and the confidence mean
// what attlas.graph.v1.ReadOptions says of them; they are applied here as well, so that a date can be
// dragged without a call a day and without anything moving.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";

import { orderOf } from "../../../lib/dates";
import type { Day } from "../../../lib/dates";
import { confidenceOf } from "../../../lib/statements";
import type { Composition, Element } from "./compose";

// Whether a statement holds on a day: from the first day of `valid_from` on, and no longer on the
// first day of `valid_to`. What has no date holds always.
export function holdsOn(edge: Edge, day: Day): boolean {
  const at = orderOf(day);
  if (edge.validFrom && orderOf(edge.validFrom) > at) return false;
  return !edge.validTo || orderOf(edge.validTo) > at;
}

export interface Filter {
  hidden: readonly string[];
  confidence: number;
  date: Day;
  // Whether statements between two nodes of which neither was expanded or put there by hand are
  // shown. Among the neighbours of one instrument there are thousands.
  across: boolean;
}

export interface Shown {
  elements: readonly Element[];
  edges: readonly Edge[];
  // How many of each type the picture holds, whether they are shown or not.
  counts: ReadonlyMap<string, number>;
}

// The statements that the filter lets through, between nodes whose types are shown, and those nodes;
// a node that was put there by hand is shown without statements, too.
export function filtered(composition: Composition, filter: Filter): Shown {
  const hidden = new Set(filter.hidden);
  const counts = new Map<string, number>();
  const count = (type: string): unknown => counts.set(type, (counts.get(type) ?? 0) + 1);
  const isShown = (name: string): boolean => {
    const element = composition.elements.get(name);
    return element !== undefined && !hidden.has(element.node.type);
  };

  const isHub = (name: string): boolean => {
    const element = composition.elements.get(name);
    return element !== undefined && (element.opened || element.named);
  };

  const edges: Edge[] = [];
  const joined = new Set<string>();
  for (const edge of composition.edges.values()) {
    if (!holdsOn(edge, filter.date) || confidenceOf(edge) < filter.confidence) continue;
    if (!filter.across && !isHub(edge.from) && !isHub(edge.to)) continue;
    count(edge.type);
    if (hidden.has(edge.type) || !isShown(edge.from) || !isShown(edge.to)) continue;
    edges.push(edge);
    joined.add(edge.from).add(edge.to);
  }
  const elements: Element[] = [];
  for (const element of composition.elements.values()) {
    count(element.node.type);
    if (hidden.has(element.node.type)) continue;
    if (joined.has(element.name) || element.named || element.opened || element.pinned)
      elements.push(element);
  }
  return { elements, edges, counts };
}

// What is drawn between two nodes: one line for all statements, so that three of them are not three
// lines on top of each other.
export interface Line {
  id: string;
  from: string;
  to: string;
  edges: readonly Edge[];
  // The confidence of the surest of them.
  confidence: number;
}

export function linesOf(edges: readonly Edge[]): Line[] {
  const pairs = new Map<string, Edge[]>();
  for (const edge of edges) {
    const pair = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    const known = pairs.get(pair);
    if (known) known.push(edge);
    else pairs.set(pair, [edge]);
  }
  return [...pairs].map(([id, own]) => {
    const [from = "", to = ""] = id.split(" ");
    return { id, from, to, edges: own, confidence: Math.max(...own.map(confidenceOf)) };
  });
}
