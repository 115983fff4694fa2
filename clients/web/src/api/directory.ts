// The names that readers choose from: instruments, region sets, states, themes. All pages are read,
// once.
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";

import { idOf } from "../lib/names";
import { ask } from "./ask";
import { useAsked } from "./use-asked";
import type { Answer } from "./use-asked";

export interface Entry {
  name: string;
  id: string;
  label: string;
  node: Node;
}

// Nodes of some types, by label.
export interface Directory {
  entries: readonly Entry[];
  answer: Answer<readonly Entry[]>;
  label: (id: string) => string;
}

const noEntries: readonly Entry[] = [];
const known = new Map<string, readonly Entry[]>();

async function listAll(types: readonly string[], signal: AbortSignal): Promise<readonly Entry[]> {
  const nodes: Node[] = [];
  let pageToken = "";
  do {
    const page = await ask(
      GraphService.method.listNodes,
      { selector: { types: [...types] }, pageSize: 1000, pageToken },
      signal,
    );
    nodes.push(...page.nodes);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return nodes
    .map((node) => ({ name: node.name, id: idOf(node.name), label: node.displayName, node }))
    .sort((one, other) => one.label.localeCompare(other.label, "en"));
}

export function useDirectory(...types: string[]): Directory {
  const key = `directory ${types.join(" ")}`;
  const answer = useAsked({
    key,
    ask: async (signal) => {
      const entries = known.get(key) ?? (await listAll(types, signal));
      known.set(key, entries);
      return entries;
    },
    atHand: () => known.get(key),
  });
  const entries = answer.value ?? noEntries;
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
