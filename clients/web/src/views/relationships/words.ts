// Statements of a picture in words.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { useMemo } from "react";

import { useAnswer } from "../../api/use-answer";
import { formatLong } from "../../lib/dates";
import { sentenceOf } from "../../lib/sentences";

export type Speak = (edge: Edge, labels: ReadonlyMap<string, string>) => string;

// The sentence of a statement, by the ontology's own pattern.
export function useSpeak(): Speak {
  const answer = useAnswer(GraphService.method.getOntology, {});
  return useMemo(() => {
    const patterns = new Map(
      answer.value?.ontology?.edgeTypes.map((type) => [type.name, type.sentence]),
    );
    return (edge, labels) => sentenceOf(edge, patterns.get(edge.type), labels);
  }, [answer.value]);
}

// Since when a statement holds, and until when; empty where neither is known.
export function periodOf(edge: Edge): string {
  const from = edge.validFrom ? `from ${formatLong(edge.validFrom)}` : "";
  const to = edge.validTo ? `until ${formatLong(edge.validTo)}` : "";
  return [from, to].filter(Boolean).join(" ");
}
