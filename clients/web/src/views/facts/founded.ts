// Edges of the graph as the statements of an answer, so that they are cited like those.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import { SourceSchema, StatementSchema } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { create } from "@bufbuild/protobuf";

import type { Founded } from "../../shared/citations/book";
import { textOfValue } from "./values";

export function sourceNames(edges: readonly Edge[]): string[] {
  return [
    ...new Set(edges.flatMap((edge) => edge.citations.map((citation) => citation.source))),
  ].sort();
}

export function foundedOn(edges: readonly Edge[], sources: readonly Node[]): Founded {
  return {
    statements: edges.map((edge) =>
      create(StatementSchema, {
        name: edge.name,
        type: edge.type,
        from: edge.from,
        to: edge.to,
        validFrom: edge.validFrom,
        validTo: edge.validTo,
        citations: edge.citations,
        confidence: Math.max(0, ...edge.citations.map((citation) => citation.confidence)),
      }),
    ),
    sources: sources.map((node) =>
      create(SourceSchema, {
        name: node.name,
        title: node.displayName,
        url: textOfValue(node.properties.find((property) => property.name === "url")?.value),
      }),
    ),
  };
}
