// The chosen node: what it is, what can be done with it, and the statements about it in the picture.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { useState } from "react";

import { useAnswer } from "../../api/use-answer";
import { isPublic, lightWord, narrowest } from "../../lib/markings";
import { counted, termWord } from "../../lib/words";
import { Answered } from "../../shared/AnswerState";
import { Link } from "../../shared/Link";
import { useContextOfPage } from "../../app/context";
import { isPlace, pathOf } from "../../lib/names";
import type { ElementActions } from "./ElementList";
import { Glyph } from "./Glyph";
import type { Element } from "./model/compose";
import { lookOf } from "./model/looks";
import { Statements } from "./Statements";
import { surroundingsOf } from "./use-known";
import type { Speak } from "./words";

export function Details({
  element,
  edges,
  labels,
  speak,
  actions,
  revision,
  openOnly,
  pathEnd,
}: {
  element: Element;
  // The statements about it that are shown.
  edges: readonly Edge[];
  labels: ReadonlyMap<string, string>;
  speak: Speak;
  actions: ElementActions;
  revision: string;
  // Expands by the statements of one type alone.
  openOnly: (type: string) => void;
  // Makes it an end of the paths that are looked for.
  pathEnd: (which: "from" | "to") => void;
}) {
  const { href } = useContextOfPage();
  const { node, name } = element;
  return (
    <section className="relations-details" aria-label="Chosen node">
      <h2>
        <Glyph type={node.type} /> {node.displayName || name}
      </h2>
      <p className="note">
        {lookOf(node.type).one}
        {!isPublic(node.marking) && (
          <> · {lightWord(narrowest([node.marking]))}: left out of links</>
        )}
        {" · "}
        <Link to={href(pathOf(name))}>{isPlace(name) ? "State brief" : "All facts"}</Link>
      </p>
      <div className="relations-actions">
        <button type="button" onClick={() => actions.toggle(name)}>
          {element.opened ? "Collapse" : "Expand"}
        </button>
        <button
          type="button"
          className="quiet"
          aria-pressed={element.pinned}
          onClick={() => actions.pin(name)}
        >
          {element.pinned ? "Unpin" : "Pin"}
        </button>
        <button type="button" className="quiet" onClick={() => actions.drop(name)}>
          Remove
        </button>
        <button type="button" className="quiet" onClick={() => pathEnd("from")}>
          Paths from here
        </button>
        <button type="button" className="quiet" onClick={() => pathEnd("to")}>
          Paths to here
        </button>
      </div>
      {!element.opened && (
        <OpenOnly key={`only ${name}`} name={name} revision={revision} open={openOnly} />
      )}
      <h3>{counted(edges.length, "statement")} about it in the picture</h3>
      <Statements key={name} edges={edges} labels={labels} speak={speak} />
    </section>
  );
}

// The sorts of statements about a node, asked for once somebody wants to choose among them.
function OpenOnly({
  name,
  revision,
  open,
}: {
  name: string;
  revision: string;
  open: (type: string) => void;
}) {
  const [wanted, setWanted] = useState(false);
  const answer = useAnswer(
    GraphService.method.getNeighborhood,
    wanted ? surroundingsOf(name, revision) : null,
  );
  return (
    <details open={wanted} onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>Expand by one sort of statement</summary>
      {wanted && (
        <Answered answer={answer} lines={2}>
          {(value) => (
            <div className="relations-actions">
              {typesOf(value.subgraph?.edges ?? [], name).map(([type, count]) => (
                <button key={type} type="button" className="quiet" onClick={() => open(type)}>
                  {termWord(type.toLowerCase())} ({count})
                </button>
              ))}
            </div>
          )}
        </Answered>
      )}
    </details>
  );
}

// The types of the statements about a node, the most frequent first.
function typesOf(edges: readonly Edge[], name: string): [string, number][] {
  const counts = new Map<string, number>();
  for (const edge of edges) {
    if (edge.from === name || edge.to === name)
      counts.set(edge.type, (counts.get(edge.type) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}
