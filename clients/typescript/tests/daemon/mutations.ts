// Small changes that the tests make.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type { CommitRequestSchema } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";

// Makes an event of this id.
export function makeEvent(
  id: string,
  displayName = id,
): MessageInitShape<typeof CommitRequestSchema> {
  const node = {
    name: `events/${id}`,
    type: "event",
    displayName,
    properties: [{ name: "kind", value: { kind: { case: "text" as const, value: "workshop" } } }],
    citations: [{ source: "sources/attlas-analysis", confidence: Confidence.SEEN }],
    marking: { trafficLight: TrafficLight.CLEAR },
  };
  return {
    mutations: [{ action: { case: "createNode", value: node } }],
    reason: "a test",
  };
}
