// What the reader has chosen and takes along from view to view: the target instrument, the region
// set, the date. All of it is in the address; what is not there has its default.
import { useMemo } from "react";

import { formatIso, parseDate } from "../lib/dates";
import type { Day } from "../lib/dates";
import { goTo, useAddress } from "./location";

export const defaultTarget = "att";
// Forty states from South Asia to the Pacific, the set that the programme speaks of. It is
// reconstructed, which its definition says wherever its count stands.
export const defaultRegion = "sas-indo-pacific-40-candidate-a";

// Carried along by every link within the page.
const carried = ["target", "region", "date"] as const;

export interface Context {
  // The id of the instrument that is looked towards.
  target: string;
  // The id of the region set; empty for all states.
  region: string;
  // The date of the answers; undefined for the server's own today.
  date: Day | undefined;
  // Any other value of the query; empty where it is not there.
  value: (name: string) => string;
  // All values of a name that is there more than once.
  values: (name: string) => string[];
  // Changes values of the query and stays in the view; undefined, or empty, removes one.
  change: (values: Changes, options?: { replace?: boolean }) => void;
  // The address of another path with the choices carried along and `values` set.
  href: (path: string, values?: Changes) => string;
}

export type Changes = Record<string, string | readonly string[] | Day | undefined>;

// Returns `query` with `changes` made; names are kept in order so that equal states have equal
// addresses.
export function withChanges(query: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (value === undefined || value === "") continue;
    if (typeof value === "string") next.set(name, value);
    else if ("year" in value) next.set(name, formatIso(value));
    else for (const one of value) next.append(name, one);
  }
  next.sort();
  return next;
}

export function addressOf(path: string, query: URLSearchParams): string {
  // Slashes and colons are legal in a query and stay readable.
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

// The date of a query, where it is one.
export function dateOf(text: string): Day | undefined {
  return parseDate(text);
}

// `region=all` in the address stands for no region set, since an absent one has a default.
export function regionOf(query: URLSearchParams): string {
  const region = query.get("region");
  if (region === null || region === "") return defaultRegion;
  return region === "all" ? "" : region;
}

export function useContextOfPage(): Context {
  const address = useAddress();
  return useMemo(() => {
    const query = address.searchParams;
    return {
      target: query.get("target") || defaultTarget,
      region: regionOf(query),
      date: dateOf(query.get("date") ?? ""),
      value: (name) => query.get(name) ?? "",
      values: (name) => query.getAll(name),
      change: (values, options) =>
        goTo(addressOf(address.pathname, withChanges(query, values)), options),
      href: (path, values = {}) => {
        const kept = new URLSearchParams();
        for (const name of carried) {
          const value = query.get(name);
          if (value) kept.set(name, value);
        }
        return addressOf(path, withChanges(kept, values));
      },
    };
    // The address is a new object on every step; its text says whether anything changed.
  }, [address.href]);
}
