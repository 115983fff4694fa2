// Asks the service for what the steps of a picture name.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService, MatchResult } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { Bound } from "@attlas/client/gen/attlas/graph/v1/read_options_pb";
import {
  Direction,
  HopSchema,
  NodeSelectorSchema,
  PatternSchema,
} from "@attlas/client/gen/attlas/graph/v1/subgraph_pb";
import { Code, ConnectError } from "@attlas/client/web";
import { create } from "@bufbuild/protobuf";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ask } from "../../api/ask";
import { faultOf, isCancelled } from "../../api/fault";
import type { Fault } from "../../api/fault";
import { isPublic } from "../../lib/markings";
import type { Composition, Known } from "./model/compose";
import { Composer } from "./model/compose";
import { namesOf, needsAnswer } from "./model/picture";
import type { Step } from "./model/picture";

// The most neighbours of one node that are shown. More makes no picture.
const mostNeighbours = 1000;
const mostBytes = 32 << 20;
// The most names that are joined with others in one question.
const mostJoined = 2000;

export interface KnownAnswer {
  composition: Composition;
  // The revision that all of it was read at; empty while nothing was read.
  revision: string;
  fault: Fault | undefined;
  loading: boolean;
  // The nodes whose neighbours are more than are shown.
  cut: readonly string[];
  // Whether a name is known to be that of a node that the world may see.
  isPublic: (name: string) => boolean;
  retry: () => void;
}

// What is asked about a node. Equal questions have one answer, however often they are asked.
export function surroundingsOf(name: string, revision: string) {
  return {
    read: revision ? { revision: { case: "atRevision" as const, value: revision } } : {},
    node: name,
    maxDepth: 1,
    maxNodes: mostNeighbours + 1,
    maxFanOut: 10_000,
    maxBytes: mostBytes,
  };
}

// `across`: the edges between what several openings brought are asked for, too.
export function useKnown(steps: readonly Step[], across: boolean): KnownAnswer {
  const [known, setKnown] = useState<ReadonlyMap<string, Known>>(new Map());
  const [cut, setCut] = useState<readonly string[]>([]);
  const [fault, setFault] = useState<Fault | undefined>();
  const [attempt, setAttempt] = useState(0);
  const revision = useRef("");
  const composer = useRef<Composer>();
  composer.current ??= new Composer();

  const made = useMemo(
    () => composer.current?.compose(steps, known) as Composition,
    [steps, known],
  );
  const wanted = namesOf(steps.filter(needsAnswer)).filter((name) => !known.has(name));
  const key = wanted.join(" ");

  useEffect(() => {
    if (key === "") return undefined;
    const leaving = new AbortController();
    readAll(key.split(" "), revision, leaving.signal).then(
      ({ found, cut: more }) => {
        if (leaving.signal.aborted) return;
        setKnown((before) => new Map([...before, ...found]));
        setCut((before) => [...before, ...more]);
        setFault(undefined);
      },
      (reason: unknown) => {
        if (leaving.signal.aborted || isCancelled(reason)) return;
        // A revision that is gone is no reason to show nothing: what there is now is read instead.
        if (ConnectError.from(reason).code === Code.OutOfRange) revision.current = "";
        setFault(faultOf(reason));
      },
    );
    return () => leaving.abort();
  }, [key, attempt]);

  const retry = useCallback(() => {
    setFault(undefined);
    setAttempt((count) => count + 1);
  }, []);
  usePassing(fault, retry);
  const publicNames = useMemo(() => {
    const nodes = [...known.values()].flatMap((one) => (one === "missing" ? [] : one.nodes));
    return new Set(nodes.filter((node) => isPublic(node.marking)).map((node) => node.name));
  }, [known]);
  const joins = useJoins(made, revision, across);
  const composition = useMemo(() => withJoins(made, joins), [made, joins]);
  return {
    composition,
    revision: revision.current,
    fault: key === "" ? undefined : fault,
    loading: key !== "" && !fault,
    cut,
    isPublic: useCallback((name: string) => publicNames.has(name), [publicNames]),
    retry,
  };
}

// Tries again by itself where that may help.
function usePassing(fault: Fault | undefined, retry: () => void): void {
  useEffect(() => {
    if (!fault?.passing) return undefined;
    const timer = window.setTimeout(retry, 3000);
    window.addEventListener("online", retry);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", retry);
    };
  }, [fault, retry]);
}

async function readAll(
  names: readonly string[],
  revision: { current: string },
  signal: AbortSignal,
): Promise<{ found: Map<string, Known>; cut: string[] }> {
  const found = new Map<string, Known>();
  const cut: string[] = [];
  // The first answer says which revision all others are read at.
  const [first, ...others] = names;
  const read = async (name: string): Promise<void> => {
    const { known, isCut } = await readOne(name, revision, signal);
    found.set(name, known);
    if (isCut) cut.push(name);
  };
  if (first !== undefined) await read(first);
  await Promise.all(others.map(read));
  return { found, cut };
}

async function readOne(
  name: string,
  revision: { current: string },
  signal: AbortSignal,
): Promise<{ known: Known; isCut: boolean }> {
  try {
    const answer = await ask(
      GraphService.method.getNeighborhood,
      surroundingsOf(name, revision.current),
      signal,
    );
    revision.current ||= answer.revision;
    const known = { nodes: answer.subgraph?.nodes ?? [], edges: answer.subgraph?.edges ?? [] };
    // That there are nodes further away is no cut.
    return { known, isCut: answer.reachedBounds.some((bound) => bound !== Bound.DEPTH) };
  } catch (reason) {
    const { code } = ConnectError.from(reason);
    if (code === Code.NotFound || code === Code.InvalidArgument)
      return { known: "missing", isCut: false };
    throw reason;
  }
}

// The edges between what one opening brought and what another did: no answer held them.
function useJoins(
  made: Composition,
  revision: { current: string },
  across: boolean,
): ReadonlyMap<string, Edge> {
  const [joins, setJoins] = useState<ReadonlyMap<string, Edge>>(new Map());
  const asked = useRef(new Set<object>());
  useEffect(() => {
    if (!across) return;
    for (const arrival of made.arrivals) {
      if (asked.current.has(arrival) || arrival.names.length === 0 || arrival.before.length === 0)
        continue;
      asked.current.add(arrival);
      joinOf(arrival.names, arrival.before, revision.current).then(
        (edges) =>
          setJoins(
            (before) => new Map([...before, ...edges.map((edge) => [edge.name, edge] as const)]),
          ),
        // It is asked again with the next opening; until then the picture has fewer lines.
        () => asked.current.delete(arrival),
      );
    }
  }, [made, revision, across]);
  return joins;
}

async function joinOf(
  names: readonly string[],
  before: readonly string[],
  revision: string,
): Promise<Edge[]> {
  const answer = await ask(GraphService.method.matchPaths, {
    read: { revision: { case: "atRevision", value: revision } },
    patterns: [
      create(PatternSchema, {
        start: create(NodeSelectorSchema, { names: names.slice(0, mostJoined) }),
        hops: [
          create(HopSchema, {
            direction: Direction.EITHER,
            to: create(NodeSelectorSchema, { names: before.slice(0, mostJoined) }),
          }),
        ],
      }),
    ],
    result: MatchResult.SUBGRAPH,
    maxPaths: 100_000,
    omitNodeCitations: true,
    maxBytes: mostBytes,
  });
  return answer.subgraph?.edges ?? [];
}

function withJoins(made: Composition, joins: ReadonlyMap<string, Edge>): Composition {
  if (joins.size === 0) return made;
  const own = [...joins].filter(
    ([, edge]) => made.elements.has(edge.from) && made.elements.has(edge.to),
  );
  return { ...made, edges: new Map([...made.edges, ...own]) };
}
