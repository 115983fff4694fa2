// A small graph for the tests of the picture: one state, its instruments, and what hangs on them.
import { CitationSchema, Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { EdgeSchema } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { MarkingSchema } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import { NodeSchema } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import { DateSchema } from "@attlas/client/gen/attlas/graph/v1/time_pb";
import { create } from "@bufbuild/protobuf";

import { parseDate } from "../../../src/lib/dates";
import type { Known } from "../../../src/views/relationships/model/compose";

export function node(name: string, displayName = name, trafficLight = 1): Node {
  const type =
    { states: "state", instruments: "instrument", themes: "theme" }[name.split("/")[0] ?? ""] ??
    "event";
  return create(NodeSchema, {
    name,
    type,
    displayName,
    marking: create(MarkingSchema, { trafficLight }),
  });
}

export function edge(
  type: string,
  from: string,
  to: string,
  more: { from?: string; to?: string; confidence?: Confidence; trafficLight?: number } = {},
): Edge {
  const date = (text: string | undefined) =>
    text ? create(DateSchema, parseDate(text)) : undefined;
  return create(EdgeSchema, {
    name: `edges/${type}-${from}-${to}`.toLowerCase().replace(/\/(?=.*\/)/g, "-"),
    type,
    from,
    to,
    validFrom: date(more.from),
    validTo: date(more.to),
    marking: create(MarkingSchema, { trafficLight: more.trafficLight ?? 1 }),
    citations: [
      create(CitationSchema, {
        source: "sources/list",
        confidence: more.confidence ?? Confidence.SEEN,
        locator: "p. 1",
      }),
    ],
  });
}

// A hub with so many neighbours, named `instruments/<prefix>0` and so on.
export function hub(name: string, count: number, prefix = "i"): Known {
  const neighbours = Array.from({ length: count }, (_, index) =>
    node(`instruments/${prefix}${index}`),
  );
  return {
    nodes: [node(name), ...neighbours],
    edges: neighbours.map((one) => edge("CONSENTED_TO", name, one.name)),
  };
}
