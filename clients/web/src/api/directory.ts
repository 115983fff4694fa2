// The names that readers choose from: instruments, region sets, states, themes. Read once.
import type { Node } from "../gen/attlas/graph/v1/node_pb";
import { GraphService } from "../gen/attlas/graph/v1/graph_service_pb";
import { idOf } from "../lib/names";
import type { Answer } from "./use-answer";
import { useAnswer } from "./use-answer";

export interface Entry {
  name: string;
  id: string;
  label: string;
  node: Node;
}

// Nodes of a type, by label.
export interface Directory {
  entries: readonly Entry[];
  answer: Answer<unknown>;
  label: (id: string) => string;
}

const noEntries: readonly Entry[] = [];
const sorted = new WeakMap<object, readonly Entry[]>();

function entriesOf(nodes: readonly Node[]): readonly Entry[] {
  const known = sorted.get(nodes);
  if (known) return known;
  const entries = nodes
    .map((node) => ({ name: node.name, id: idOf(node.name), label: node.displayName, node }))
    .sort((one, other) => one.label.localeCompare(other.label, "en"));
  sorted.set(nodes, entries);
  return entries;
}

export function useDirectory(...types: string[]): Directory {
  const answer = useAnswer(GraphService.method.listNodes, {
    selector: { types },
    pageSize: 1000,
  });
  const entries = answer.value ? entriesOf(answer.value.nodes) : noEntries;
  return {
    entries,
    answer,
    label: (id) => entries.find((entry) => entry.id === id || entry.name === id)?.label ?? id,
  };
}

// Region sets that have members; what a source names without a list has none.
export function useRegions(): Directory {
  const directory = useDirectory("grouping");
  return {
    ...directory,
    entries: directory.entries.filter((entry) => textOf(entry.node, "kind") !== "loosely-named"),
  };
}

// The text of a property of a node; empty where it has none.
export function textOf(node: Node, property: string): string {
  const value = node.properties.find((one) => one.name === property)?.value?.kind;
  return value?.case === "text" ? value.value : "";
}
