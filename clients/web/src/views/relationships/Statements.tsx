// Statements, one a line, each with its period and its sources.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { useState } from "react";

import { Cite } from "../../shared/citations/Citations";
import type { Speak } from "./words";
import { periodOf } from "./words";

export function Statements({
  edges,
  labels,
  speak,
  first = 8,
}: {
  edges: readonly Edge[];
  labels: ReadonlyMap<string, string>;
  speak: Speak;
  first?: number;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? edges : edges.slice(0, first);
  return (
    <>
      <ul className="relations-statements">
        {shown.map((edge) => {
          const sentence = speak(edge, labels);
          return (
            <li key={edge.name}>
              {sentence} <span className="note">{periodOf(edge)}</span>
              <Cite evidence={[edge.name]} about={sentence} />
            </li>
          );
        })}
      </ul>
      {shown.length < edges.length && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          Show all {edges.length}
        </button>
      )}
    </>
  );
}
