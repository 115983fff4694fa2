// What follows from a statement of the graph alone.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";

// The confidence of a statement: that of its best citation.
export function confidenceOf(edge: Edge): number {
  return edge.citations.reduce((best, citation) => Math.max(best, citation.confidence), 0);
}
