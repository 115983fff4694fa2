// Makes a picture of its steps and of what the service says about the nodes that they name.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";

import { Layout } from "./layout";
import { orderOfType } from "./looks";
import { namesOf, needsAnswer } from "./picture";
import type { Point, Step } from "./picture";

// What the service says of a node: itself first, then its neighbours, and the edges among them all.
export interface Surroundings {
  nodes: readonly Node[];
  edges: readonly Edge[];
}

// `missing`: there is no such node, or none that the reader may see. Absent: not known yet.
export type Known = Surroundings | "missing";

export interface Element {
  name: string;
  node: Node;
  at: Point;
  pinned: boolean;
  opened: boolean;
  // Whether it was put there by hand, and not with the opening of another.
  named: boolean;
}

export interface Composition {
  // The nodes in the order in which they came.
  elements: ReadonlyMap<string, Element>;
  edges: ReadonlyMap<string, Edge>;
  // Names that are waited for; steps from the first of them on are not made yet.
  waiting: readonly string[];
  // Names that lead nowhere.
  missing: readonly string[];
  // The nodes that each opening brought, and those that were there without being opened before it:
  // edges between the two were in no answer.
  arrivals: readonly { names: readonly string[]; before: readonly string[] }[];
}

interface Item extends Element {
  // The node from which it was placed.
  origin: string | undefined;
  // The opened nodes that show it.
  holders: Set<string>;
}

export class Composer {
  private layout = new Layout();
  private items = new Map<string, Item>();
  private edges = new Map<string, Edge>();
  private missing = new Set<string>();
  private arrivals: { names: string[]; before: string[] }[] = [];
  private made: Step[] = [];

  // Makes the steps as far as what is known reaches. Steps that were made before are not made again,
  // so that nothing moves which they do not move.
  compose(steps: readonly Step[], known: ReadonlyMap<string, Known>): Composition {
    if (this.made.some((step, index) => step !== steps[index])) this.reset();
    for (const step of steps.slice(this.made.length)) {
      if (needsAnswer(step)) {
        const answer = known.get(step.name);
        if (answer === undefined) break;
        if (answer === "missing") this.missing.add(step.name);
        else this.show(step, answer);
      } else {
        this.arrange(step);
      }
      this.made.push(step);
    }
    const rest = steps.slice(this.made.length);
    return {
      elements: new Map([...this.items].map(([name, item]) => [name, { ...item }])),
      edges: new Map(
        [...this.edges].filter(([, edge]) => this.items.has(edge.from) && this.items.has(edge.to)),
      ),
      waiting: namesOf(rest.filter(needsAnswer)).filter((name) => !known.has(name)),
      missing: [...this.missing],
      arrivals: this.arrivals,
    };
  }

  private reset(): void {
    this.layout = new Layout();
    this.items = new Map();
    this.edges = new Map();
    this.missing = new Set();
    this.arrivals = [];
    this.made = [];
  }

  private show(step: Step, answer: Surroundings): void {
    if (step.kind === "open") this.open(step.name, step.types, answer);
    else this.add(step.name, answer);
  }

  // Steps with a node that is there; where it is not, they do nothing.
  private arrange(step: Step): void {
    switch (step.kind) {
      case "close":
        return this.close(step.name);
      case "pin":
        return this.pin(step.name, step.at);
      case "free":
        return this.change(step.name, { pinned: false });
      case "drop":
        return this.drop(step.name);
    }
  }

  private change(name: string, change: Partial<Item>): void {
    const item = this.items.get(name);
    if (item) this.items.set(name, { ...item, ...change });
  }

  private insert(node: Node, origin: string | undefined): void {
    this.items.set(node.name, {
      name: node.name,
      node,
      at: this.layout.at(node.name) ?? { x: 0, y: 0 },
      pinned: false,
      opened: false,
      named: origin === undefined,
      origin,
      holders: new Set(origin === undefined ? [] : [origin]),
    });
  }

  private add(name: string, answer: Surroundings): void {
    const own = answer.nodes.find((node) => node.name === name);
    for (const edge of answer.edges) this.edges.set(edge.name, edge);
    if (this.items.has(name)) return this.change(name, { named: true });
    if (!own) return;
    this.layout.putNear(
      name,
      answer.nodes.map((node) => node.name).filter((one) => one !== name),
    );
    this.insert(own, undefined);
  }

  private open(name: string, types: readonly string[], answer: Surroundings): void {
    if (!this.items.has(name)) this.add(name, answer);
    const shown = new Set(
      answer.edges
        .filter((edge) => edge.from === name || edge.to === name)
        .filter((edge) => types.length === 0 || types.includes(edge.type))
        .map((edge) => (edge.from === name ? edge.to : edge.from)),
    );
    const nodes = answer.nodes.filter((node) => shown.has(node.name));
    const fresh = nodes.filter((node) => !this.items.has(node.name)).sort(byTypeAndLabel);
    const before = [...this.items.values()].filter(
      (item) => !item.opened && !item.named && !shown.has(item.name),
    );
    for (const node of nodes) this.items.get(node.name)?.holders.add(name);
    for (const edge of answer.edges) this.edges.set(edge.name, edge);
    this.layout.putAround(
      name,
      fresh.map((node) => node.name),
      this.items.get(name)?.origin,
    );
    for (const node of fresh) this.insert(node, name);
    this.arrivals.push({
      names: fresh.map((node) => node.name),
      before: before.map((item) => item.name),
    });
    this.change(name, { opened: true });
  }

  private close(name: string): void {
    for (const item of [...this.items.values()]) {
      if (!item.holders.delete(name)) continue;
      if (item.holders.size === 0 && !item.named && !item.opened && !item.pinned)
        this.drop(item.name);
    }
    this.change(name, { opened: false });
  }

  private drop(name: string): void {
    this.items.delete(name);
    this.layout.remove(name);
  }

  // What was placed around a node and stands there still goes along with it.
  private pin(name: string, at: Point): void {
    const before = this.layout.at(name);
    if (!before || !this.items.has(name)) return;
    const moved = [...this.items.values()].filter((item) => isCarried(item, name));
    this.move(name, at);
    this.change(name, { pinned: true });
    for (const item of moved) {
      this.move(item.name, { x: item.at.x + at.x - before.x, y: item.at.y + at.y - before.y });
    }
  }

  private move(name: string, at: Point): void {
    this.layout.put(name, at);
    this.change(name, { at });
  }
}

function isCarried(item: Item, origin: string): boolean {
  return item.origin === origin && !item.pinned && !item.opened && !item.named;
}

// The names of the nodes that go along when `name` is dragged.
export function carriedBy(composition: Composition, name: string): string[] {
  return [...composition.elements.values()]
    .filter((element) => isCarried(element as Item, name))
    .map((element) => element.name);
}

function byTypeAndLabel(one: Node, other: Node): number {
  const types = orderOfType(one.type) - orderOfType(other.type);
  return (
    types ||
    one.displayName.localeCompare(other.displayName, "en") ||
    (one.name < other.name ? -1 : 1)
  );
}
