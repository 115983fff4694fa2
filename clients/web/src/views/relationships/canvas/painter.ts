// Brings what is drawn to what is to be shown. Only what differs is touched, and much is added over
// several frames, so that no frame takes long however much an opening brings.
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type cytoscape from "cytoscape";

import type { Lit } from "../Canvas";
import type { Element } from "../model/compose";
import type { Line } from "../model/filters";
import type { Point } from "../model/picture";
import { knownTypes, lookOf } from "../model/looks";
import { Labels } from "./labels";
import { Sight } from "./sight";

// How long the additions of one frame may take, in milliseconds, how many there are between two looks
// at the clock, and how many at most: what is added takes as long again to be drawn.
const share = 6;
const handful = 8;
const most = 48;

export class Painter {
  private nodes = new Map<string, Element>();
  private lines = new Map<string, Line>();
  // The names of nodes and then the ids of lines that are not drawn yet.
  private queue: string[] = [];
  private frame = 0;
  private seen = false;
  private readonly sight: Sight;
  private readonly labels: Labels;
  private marks: { chosen: string; lit: Lit | undefined } = { chosen: "", lit: undefined };

  constructor(
    private readonly cy: cytoscape.Core,
    private readonly container: HTMLElement,
  ) {
    this.sight = new Sight(cy);
    this.labels = new Labels(cy);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.labels.stop();
  }

  show(elements: readonly Element[], lines: readonly Line[]): void {
    const nodes = new Map(elements.map((element) => [element.name, element]));
    const wanted = new Map(lines.map((line) => [line.id, line]));
    this.cy.batch(() => {
      this.drop(nodes, wanted);
      this.change(nodes, wanted);
    });
    // What waits and is wanted no longer is left out; nodes go before the lines on them.
    const waiting = new Set(this.queue);
    const isNew = (id: string, drawn: ReadonlyMap<string, unknown>): boolean =>
      waiting.has(id) || !drawn.has(id);
    this.queue = [
      ...[...nodes.keys()].filter((name) => isNew(name, this.nodes)),
      ...[...wanted.keys()].filter((id) => isNew(id, this.lines)),
    ];
    this.nodes = nodes;
    this.lines = wanted;
    this.container.dataset.waiting = String(this.queue.length);
    cancelAnimationFrame(this.frame);
    this.pump();
  }

  // Marks the chosen node with its lines, and a path; all else steps back behind a path.
  mark(chosen: string, lit: Lit | undefined): void {
    this.marks = { chosen, lit };
    this.cy.batch(() => {
      this.cy.elements(".chosen, .near, .lit, .dim").removeClass("chosen near lit dim");
      if (chosen) {
        const node = this.cy.getElementById(chosen);
        node.addClass("chosen");
        node.connectedEdges().addClass("near");
      }
      if (!lit || lit.nodes.size === 0) return;
      this.cy
        .nodes()
        .forEach((node) => void node.addClass(lit.nodes.has(node.id()) ? "lit" : "dim"));
      this.cy
        .edges()
        .forEach((edge) => void edge.addClass(lit.lines.has(edge.id()) ? "lit" : "dim"));
    });
    this.labels.refresh();
  }

  fit(): void {
    this.sight.fit(this.places());
  }

  zoom(by: number): void {
    this.sight.zoom(by);
  }

  reveal(name: string): void {
    const element = this.nodes.get(name);
    if (element && !this.sight.holds([element.at])) this.sight.centre(element.at);
  }

  private places(): Point[] {
    return [...this.nodes.values()].map((element) => element.at);
  }

  private drop(nodes: ReadonlyMap<string, Element>, lines: ReadonlyMap<string, Line>): void {
    // Cytoscape takes the lines of a node along with it.
    for (const name of this.nodes.keys())
      if (!nodes.has(name)) this.cy.getElementById(name).remove();
    for (const id of this.lines.keys()) if (!lines.has(id)) this.cy.getElementById(id).remove();
  }

  private change(nodes: ReadonlyMap<string, Element>, lines: ReadonlyMap<string, Line>): void {
    for (const [name, before] of this.nodes) {
      const now = nodes.get(name);
      if (!now || now === before) continue;
      const drawn = this.cy.getElementById(name);
      const at = drawn.position();
      if (at && (at.x !== now.at.x || at.y !== now.at.y)) drawn.position({ ...now.at });
      for (const state of ["opened", "named", "pinned"] as const) {
        if (before[state] !== now[state]) drawn.toggleClass(state, now[state]);
      }
    }
    for (const [id, before] of this.lines) {
      const now = lines.get(id);
      if (
        !now ||
        (now.edges.length === before.edges.length && now.confidence === before.confidence)
      )
        continue;
      this.cy.getElementById(id).data("width", widthOf(now)).toggleClass("unsure", isUnsure(now));
    }
  }

  private definitionOf(id: string): cytoscape.ElementDefinition[] {
    const element = this.nodes.get(id);
    if (element) return [nodeOf(element)];
    const line = this.lines.get(id);
    return line ? [lineOf(line)] : [];
  }

  // Adds from the queue for a part of a frame, and goes on in the next.
  private pump(): void {
    if (this.queue.length === 0) return this.settle();
    this.frame = requestAnimationFrame(() => {
      const end = performance.now() + share;
      this.cy.batch(() => {
        for (let added = 0; added < most && this.queue.length > 0; added += handful) {
          if (added > 0 && performance.now() > end) break;
          const ids = this.queue.splice(0, handful);
          this.cy.add(ids.flatMap((id) => this.definitionOf(id)));
        }
      });
      this.container.dataset.waiting = String(this.queue.length);
      this.pump();
    });
  }

  // All is drawn: what is marked is marked, and what came is brought into sight.
  private settle(): void {
    this.container.dataset.waiting = "0";
    this.container.dataset.nodes = String(this.nodes.size);
    this.container.dataset.lines = String(this.lines.size);
    this.mark(this.marks.chosen, this.marks.lit);
    if (this.nodes.size === 0) this.seen = false;
    else if (!this.seen || !this.sight.holds(this.places())) {
      this.fit();
      this.seen = true;
    }
  }
}

function nodeOf(element: Element): cytoscape.ElementDefinition {
  const { type } = element.node;
  const states = (["opened", "named", "pinned"] as const).filter((state) => element[state]);
  const shape = knownTypes.includes(type) ? type : "other";
  return {
    group: "nodes",
    data: { id: element.name, label: element.node.displayName || element.name },
    position: { ...element.at },
    classes: [lookOf(type).family, `type-${shape}`, ...states].join(" "),
  };
}

function lineOf(line: Line): cytoscape.ElementDefinition {
  return {
    group: "edges",
    data: {
      id: line.id,
      source: line.from,
      target: line.to,
      width: widthOf(line),
    },
    classes: isUnsure(line) ? "unsure" : "",
  };
}

// More statements between two nodes make a thicker line.
const widthOf = (line: Line): number => Math.min(1 + 0.7 * (line.edges.length - 1), 3.8);

// Whether no source was seen to carry any of its statements.
const isUnsure = (line: Line): boolean => line.confidence < Confidence.STRUCTURE_SEEN;
