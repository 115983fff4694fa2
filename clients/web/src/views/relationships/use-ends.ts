// The two nodes between which paths are looked for: their names for people, and whether these may
// stand in an address.
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { useCallback, useMemo } from "react";

import { useAnswer } from "../../api/use-answer";
import { isPublic } from "../../lib/markings";

export interface Ends {
  labels: ReadonlyMap<string, string>;
  isPublic: (name: string) => boolean;
  // Whether that is known of both.
  ready: boolean;
}

export function useEnds({ from, to }: { from: string; to: string }): Ends {
  const names = [...new Set([from, to])].filter((name) => name !== "");
  const answer = useAnswer(
    GraphService.method.batchGetNodes,
    names.length > 0 ? { names, allowMissing: true } : null,
  );
  const nodes = names.length > 0 ? answer.value?.nodes : undefined;
  const labels = useMemo(
    () => new Map(nodes?.map((node) => [node.name, node.displayName])),
    [nodes],
  );
  const open = useMemo(
    () => new Set(nodes?.filter((node) => isPublic(node.marking)).map((node) => node.name)),
    [nodes],
  );
  return {
    labels,
    isPublic: useCallback((name) => open.has(name), [open]),
    ready: names.length === 0 || (answer.value !== undefined && !answer.loading),
  };
}
