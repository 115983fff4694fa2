// Paths between two nodes, each told in words with the sources of every hop.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import { useMemo } from "react";

import { useAnswer } from "../../api/use-answer";
import type { Day } from "../../lib/dates";
import { Answered, Empty } from "../../shared/AnswerState";
import { Founds } from "../../shared/citations/Citations";
import { useFounded } from "../../shared/citations/founded";
import type { Found } from "../../shared/search/results";
import { Search } from "../../shared/search/Search";
import { Glyph } from "./Glyph";
import { kinds } from "./kinds";
import { Statements } from "./Statements";
import type { Speak } from "./words";

// How many paths are looked for.
const most = 5;

export interface FoundPath {
  nodes: readonly Node[];
  edges: readonly Edge[];
}

export function usePaths(request: {
  from: string;
  to: string;
  date: Day;
  confidence: number;
  groupings: boolean;
  revision: string;
}) {
  const { from, to, date, confidence, groupings, revision } = request;
  const answer = useAnswer(
    GraphService.method.findPaths,
    from && to && from !== to
      ? {
          read: {
            asOf: date,
            minConfidence: confidence,
            revision: revision ? { case: "atRevision", value: revision } : { case: undefined },
          },
          from,
          to,
          maxPaths: most,
          confidencePenalty: 0.1,
          avoidNodeTypes: groupings ? [] : ["grouping", "source", "dataset"],
        }
      : null,
  );
  const paths = useMemo<readonly FoundPath[]>(() => {
    const { subgraph, paths: found } = answer.value ?? { subgraph: undefined, paths: [] };
    return found.map((path) => ({
      nodes: path.nodeIndexes.flatMap((at) => subgraph?.nodes[at] ?? []),
      edges: path.edgeIndexes.flatMap((at) => subgraph?.edges[at] ?? []),
    }));
  }, [answer.value]);
  return { answer, paths };
}

export function Paths({
  ends,
  labels,
  choose,
  groupings,
  change,
  search,
  lit,
  show,
  speak,
}: {
  ends: { from: string; to: string };
  labels: ReadonlyMap<string, string>;
  choose: (which: "from" | "to", name: string) => void;
  groupings: boolean;
  change: (groupings: boolean) => void;
  search: ReturnType<typeof usePaths>;
  // The path that is marked in the picture, counted from 1.
  lit: number;
  show: (path: FoundPath | undefined, number: number) => void;
  speak: Speak;
}) {
  const { answer, paths } = search;
  const edges = useMemo(() => paths.flatMap((path) => path.edges), [paths]);
  const founded = useFounded(edges);
  const known = useMemo(() => {
    const own = paths.flatMap((path) =>
      path.nodes.map((node) => [node.name, node.displayName] as const),
    );
    return new Map([...labels, ...own]);
  }, [paths, labels]);
  const asked = ends.from !== "" && ends.to !== "";
  return (
    <section className="section no-print" aria-labelledby="paths-title" id="paths">
      <h2 id="paths-title">Paths between two nodes</h2>
      <div className="relations-ends">
        <End label="From" name={ends.from} labels={known} choose={(name) => choose("from", name)} />
        <End label="To" name={ends.to} labels={known} choose={(name) => choose("to", name)} />
        <div className="field toggle">
          <label>
            <input
              type="checkbox"
              checked={groupings}
              onChange={(event) => change(event.target.checked)}
            />{" "}
            Also by region sets, such as “both are in Asia”
          </label>
        </div>
      </div>
      {!asked && (
        <Empty>
          Choose two nodes, here or from a chosen node, to see how one leads to the other.
        </Empty>
      )}
      {asked && ends.from === ends.to && (
        <Empty>These are the same node: choose another end.</Empty>
      )}
      {asked && ends.from !== ends.to && (
        <Answered answer={answer} lines={4}>
          {(value) =>
            paths.length === 0 ? (
              <Empty>
                No path of up to six statements leads from one to the other on this date
                {groupings ? "." : " without region sets."}
              </Empty>
            ) : (
              <Founds answer={founded}>
                <ol className="relations-paths">
                  {paths.map((path, index) => (
                    <li key={index} className={lit === index + 1 ? "lit" : undefined}>
                      <p className="relations-route">
                        {path.nodes.map((node, at) => (
                          <span key={node.name}>
                            {at > 0 && <span aria-hidden="true"> → </span>}
                            <Glyph type={node.type} /> {node.displayName}
                          </span>
                        ))}
                      </p>
                      <Statements edges={path.edges} labels={known} speak={speak} />
                      <button
                        type="button"
                        className="quiet"
                        aria-pressed={lit === index + 1}
                        onClick={() =>
                          lit === index + 1 ? show(undefined, 0) : show(path, index + 1)
                        }
                      >
                        {lit === index + 1 ? "Unmark" : "Show in the picture"}
                      </button>
                    </li>
                  ))}
                </ol>
                {value.truncated && (
                  <p className="warning">The search was cut short: there may be better paths.</p>
                )}
              </Founds>
            )
          }
        </Answered>
      )}
    </section>
  );
}

function End({
  label,
  name,
  labels,
  choose,
}: {
  label: string;
  name: string;
  labels: ReadonlyMap<string, string>;
  choose: (name: string) => void;
}) {
  if (name === "") {
    return (
      <Search
        label={label}
        placeholder="Search a node"
        kinds={kinds}
        choose={(hit: Found) => choose(hit.name)}
      />
    );
  }
  return (
    <div className="field">
      <span className="relations-end-label">{label}</span>
      <div className="relations-end">
        <strong>{labels.get(name) || name}</strong>
        <button type="button" className="quiet" onClick={() => choose("")}>
          Change<span className="unseen"> {label}</span>
        </button>
      </div>
    </div>
  );
}
