// What can be put into a picture, with the headings of the search box: every type of node that the
// search knows by name.
import { searchedTypes } from "../../shared/search/results";
import { knownTypes, lookOf } from "./model/looks";

const first = new Set(searchedTypes.map(([type]) => type));

export const kinds: readonly (readonly [string, string])[] = [
  ...searchedTypes,
  ...knownTypes
    .filter((type) => !first.has(type))
    .map((type) => [type, lookOf(type).many] as const),
];
