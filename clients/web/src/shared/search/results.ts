// What a search found, as the reader chooses from it.
import type { SearchHit, TextFragment } from "@attlas/client/gen/attlas/evidence/v1/search_pb";

import type { Changes } from "../../app/context";
import { collectionOf, idOf, pathOf } from "../../lib/names";

// What a reader can choose.
export interface Found {
  name: string;
  type: string;
  displayName: string;
  title: readonly TextFragment[];
  // An alias that matched.
  alias: readonly TextFragment[];
}

export function foundOf(hit: SearchHit): Found {
  return {
    name: hit.name,
    type: hit.type,
    displayName: hit.displayName,
    title: hit.title,
    alias: hit.excerptField === "alias" ? hit.excerpt : [],
  };
}

// Where a thing is shown best: who takes part in an instrument or what a region set counts is on the
// map, a state has its brief, a concern its answers, and anything else the page of its facts.
export function landingOf(name: string): { path: string; values?: Changes } {
  switch (collectionOf(name)) {
    case "instruments":
      return { path: "/", values: { target: idOf(name) } };
    case "groupings":
      return { path: "/", values: { region: idOf(name) } };
    case "challenges":
      return { path: "/questions/7", values: { concern: name } };
    default:
      return { path: pathOf(name) };
  }
}

// The node types that the search box looks for, with the heading of each group, in their order.
export const searchedTypes: readonly (readonly [string, string])[] = [
  ["state", "States"],
  ["economy", "Economies"],
  ["territory", "Territories"],
  ["instrument", "Instruments"],
  ["grouping", "Region sets"],
  ["organization", "Organizations"],
  ["agency", "Agencies"],
  ["theme", "Themes"],
  ["concern_theme", "Themes of concern"],
  ["challenge", "Concerns"],
  ["event", "Events"],
];

// Words as a reader who is still typing means them: the last word may be but begun.
export function begun(text: string): string {
  const words = text.trim();
  if (words === "" || /[\s"*]$/.test(text) || /["*]/.test(words)) return words;
  const last = words.split(/\s+/).at(-1) ?? "";
  return last.length < 2 || last.startsWith("-") ? words : `${words}*`;
}

// Letters without accents and case.
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// A node whose names are at hand.
export interface Named {
  name: string;
  type: string;
  displayName: string;
  aliases: readonly string[];
}

// The nodes of which a name begins with what is typed, the shortest name first: what has that name
// goes before what a text speaks of.
export function named(text: string, nodes: readonly Named[], most: number): Found[] {
  const wanted = plain(text.trim());
  if (wanted === "") return [];
  return nodes
    .filter((node) =>
      [node.displayName, ...node.aliases].some((one) => plain(one).startsWith(wanted)),
    )
    .sort((one, other) => one.displayName.length - other.displayName.length)
    .slice(0, most)
    .map((node) => ({ ...node, title: [], alias: [] }));
}

// `first` and then those of `rest` that are not among them, in the order of their groups.
export function grouped(
  first: readonly Found[],
  rest: readonly Found[],
  kinds: readonly (readonly [string, string])[] = searchedTypes,
): { title: string; hits: Found[] }[] {
  const names = new Set(first.map((hit) => hit.name));
  const all = [...first, ...rest.filter((hit) => !names.has(hit.name))];
  const ahead = new Set(first.map((hit) => hit.type));
  const order = [...kinds].sort(
    ([one], [other]) => Number(ahead.has(other)) - Number(ahead.has(one)),
  );
  return order.flatMap(([type, title]) => {
    const own = all.filter((hit) => hit.type === type);
    return own.length > 0 ? [{ title, hits: own }] : [];
  });
}
