// What the shapes and lines mean, and which of them are shown.
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";

import { confidenceWord, termWord } from "../../lib/words";
import { Glyph } from "./Glyph";
import { lookOf, orderOfType } from "./model/looks";

const isNodeType = (type: string): boolean => type === type.toLowerCase();

export function Legend({
  counts,
  hidden,
  hide,
  across,
  cross,
}: {
  // How many there are of each node type and edge type.
  counts: ReadonlyMap<string, number>;
  hidden: readonly string[];
  hide: (type: string, hidden: boolean) => void;
  // Whether statements between nodes that were not expanded are shown.
  across: boolean;
  cross: (across: boolean) => void;
}) {
  const types = [...new Set([...counts.keys(), ...hidden])];
  const nodes = types
    .filter(isNodeType)
    .sort((one, other) => orderOfType(one) - orderOfType(other));
  const edges = types
    .filter((type) => !isNodeType(type))
    .sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
  const box = (type: string, label: string) => (
    <li key={type}>
      <label className="relations-type">
        <input
          type="checkbox"
          checked={!hidden.includes(type)}
          onChange={(event) => hide(type, !event.target.checked)}
        />
        {isNodeType(type) && <Glyph type={type} />}
        <span>{label}</span>
        <span className="count">{counts.get(type) ?? 0}</span>
      </label>
    </li>
  );
  return (
    <div className="relations-legend">
      <fieldset>
        <legend>Nodes</legend>
        <ul>{nodes.map((type) => box(type, lookOf(type).many))}</ul>
      </fieldset>
      <fieldset>
        <legend>Statements</legend>
        <ul>{edges.map((type) => box(type, termWord(type.toLowerCase())))}</ul>
        <label className="relations-type">
          <input
            type="checkbox"
            checked={across}
            onChange={(event) => cross(event.target.checked)}
          />
          <span>Also statements between two nodes that were not expanded</span>
        </label>
      </fieldset>
      <div className="relations-lines">
        <LineSample title="a statement" />
        <LineSample title="several" width={3.4} />
        <LineSample title={`none ${confidenceWord(Confidence.STRUCTURE_SEEN)} or surer`} dashed />
        <span className="marked">
          <svg className="mark kind-pinned" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.5" />
            <circle cx="8" cy="8" r="3.5" />
          </svg>
          pinned
        </span>
      </div>
    </div>
  );
}

function LineSample({
  title,
  width = 1.4,
  dashed = false,
}: {
  title: string;
  width?: number;
  dashed?: boolean;
}) {
  return (
    <span className="marked">
      <svg className="relations-line" viewBox="0 0 28 8" aria-hidden="true">
        <line
          x1="1"
          x2="27"
          y1="4"
          y2="4"
          strokeWidth={width}
          strokeDasharray={dashed ? "5 3" : undefined}
        />
      </svg>
      {title}
    </span>
  );
}
