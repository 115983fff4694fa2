// Statements of the graph as what an answer rests on, so that they are cited as everywhere.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import type { Source } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { SourceSchema, StatementSchema } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { create } from "@bufbuild/protobuf";
import { useMemo } from "react";

import { textOf } from "../../api/directory";
import { useAnswer } from "../../api/use-answer";
import { confidenceOf } from "../../lib/statements";
import type { Founded } from "./book";

const mostSources = 1000;

// The sources that statements cite, each once.
export function sourceNames(edges: readonly Edge[]): string[] {
  const names = edges.flatMap((edge) => edge.citations.map((citation) => citation.source));
  return [...new Set(names)].sort().slice(0, mostSources);
}

export function sourceOf(node: Node): Source {
  return create(SourceSchema, {
    name: node.name,
    title: node.displayName,
    url: textOf(node, "url"),
  });
}

export function useFounded(edges: readonly Edge[]): Founded {
  const names = useMemo(() => sourceNames(edges), [edges]);
  const answer = useAnswer(
    GraphService.method.batchGetNodes,
    names.length > 0 ? { names, allowMissing: true } : null,
  );
  return useMemo(
    () => ({
      statements: edges.map((edge) =>
        create(StatementSchema, {
          name: edge.name,
          type: edge.type,
          from: edge.from,
          to: edge.to,
          validFrom: edge.validFrom,
          validTo: edge.validTo,
          citations: edge.citations,
          confidence: confidenceOf(edge),
        }),
      ),
      sources: answer.value?.nodes.map(sourceOf) ?? [],
    }),
    [edges, answer.value],
  );
}
