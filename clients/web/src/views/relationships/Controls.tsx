// Date and confidence: what of the picture is shown.
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { useMemo } from "react";

import { formatLong, orderOf } from "../../lib/dates";
import type { Day } from "../../lib/dates";
import { confidenceWord } from "../../lib/words";
import { Choice } from "../../shared/Choice";
import { DateField } from "../../shared/DateField";
import type { Picture } from "./model/picture";
import type { Change } from "./use-picture";

const grades = [Confidence.SEEN, Confidence.STRUCTURE_SEEN, Confidence.RECALLED];

export function Controls({
  picture,
  date,
  now,
  edges,
  change,
}: {
  picture: Picture;
  date: Day;
  now: Day;
  edges: ReadonlyMap<string, Edge>;
  change: Change;
}) {
  const first = useMemo(() => firstYear(edges, now.year), [edges, now.year]);
  const pick = (next: Day | undefined, sort?: string): void => {
    const kept = next && orderOf(next) === orderOf(now) ? undefined : next;
    change((before) => ({ ...before, date: kept }), sort);
  };
  return (
    <form
      className="relations-controls"
      aria-label="What is shown"
      onSubmit={(event) => event.preventDefault()}
    >
      <DateField label="As of" value={picture.date} none={now} change={(next) => pick(next)} />
      <div className="field relations-years">
        <label htmlFor="relations-year">
          Year <span className="number">{date.year}</span>
        </label>
        <input
          id="relations-year"
          type="range"
          min={first}
          max={now.year}
          value={Math.min(Math.max(date.year, first), now.year)}
          aria-valuetext={formatLong(date)}
          disabled={first >= now.year}
          onChange={(event) => {
            const year = Number(event.target.value);
            // A year stands for its last day: what came to be in it is seen.
            pick(year >= now.year ? undefined : { year, month: 12, day: 31 }, "year");
          }}
        />
      </div>
      <Choice
        label="Confidence"
        value={picture.confidence === 0 ? "" : String(picture.confidence)}
        none="any"
        options={grades.map((grade) => ({
          value: String(grade),
          label:
            grade === Confidence.SEEN ? confidenceWord(grade) : `${confidenceWord(grade)} or surer`,
        }))}
        change={(next) => change((before) => ({ ...before, confidence: Number(next) }))}
      />
    </form>
  );
}

// The year of the earliest statement, so that the slider spans what there is.
function firstYear(edges: ReadonlyMap<string, Edge>, last: number): number {
  let first = last;
  for (const edge of edges.values()) {
    if (edge.validFrom && edge.validFrom.year > 0) first = Math.min(first, edge.validFrom.year);
  }
  return first;
}
