// How near a commitment comes, told by shape and by the stroke of its line as well as by colour.
import { CommitmentClass } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import type { ClassTotal } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";

import { classWord } from "../lib/words";

export interface ClassLook {
  // The name of its colour.
  kind: string;
  // The shape of its mark, in a square of sixteen.
  shape: string;
  // The stroke of its lines: width and dashes.
  width: number;
  dashes: string;
}

export const classLook: Record<CommitmentClass, ClassLook> = {
  [CommitmentClass.UNSPECIFIED]: { kind: "new", shape: "M2 7h12v2H2z", width: 1, dashes: "" },
  [CommitmentClass.BINDING_SAME_GOODS]: {
    kind: "binding",
    shape: "M2 2h12v12H2z",
    width: 4,
    dashes: "",
  },
  [CommitmentClass.POLITICAL_SAME_GOODS]: {
    kind: "political",
    shape: "M8 1 15 8 8 15 1 8z",
    width: 2,
    dashes: "",
  },
  [CommitmentClass.VOLUNTARY_SAME_GOODS]: {
    kind: "voluntary",
    shape: "M8 2 15 14H1z",
    width: 2,
    dashes: "10 4",
  },
  [CommitmentClass.ONE_STATE_REACH]: {
    kind: "one-state",
    shape: "M8 1.5a6.5 6.5 0 1 0 0 13z M8 1.5a6.5 6.5 0 0 1 0 13v-1.4a5.1 5.1 0 0 0 0-10.2z",
    width: 2,
    dashes: "9 3 2 3",
  },
  [CommitmentClass.GENERAL]: {
    kind: "general",
    shape: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zm0 3a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z",
    width: 2,
    dashes: "1.5 4",
  },
  [CommitmentClass.OTHER_GOODS]: {
    kind: "other",
    shape: "M3.5 1.5 8 6l4.5-4.5 2 2L10 8l4.5 4.5-2 2L8 10l-4.5 4.5-2-2L6 8 1.5 3.5z",
    width: 2,
    dashes: "5 4",
  },
  [CommitmentClass.NEW]: {
    kind: "new",
    shape: "M1.5 1.5h13v13h-13zM4 4v8h8V4z",
    width: 1,
    dashes: "2 2",
  },
};

export const classOrder: readonly CommitmentClass[] = [
  CommitmentClass.BINDING_SAME_GOODS,
  CommitmentClass.POLITICAL_SAME_GOODS,
  CommitmentClass.VOLUNTARY_SAME_GOODS,
  CommitmentClass.ONE_STATE_REACH,
  CommitmentClass.GENERAL,
  CommitmentClass.OTHER_GOODS,
  CommitmentClass.NEW,
];

export function lookOf(value: CommitmentClass): ClassLook {
  return classLook[value] ?? classLook[CommitmentClass.UNSPECIFIED];
}

export function ClassShape({ value }: { value: CommitmentClass }) {
  const { kind, shape } = lookOf(value);
  return (
    <svg className={`mark class-${kind}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shape} fillRule="evenodd" />
    </svg>
  );
}

export function ClassMark({ value }: { value: CommitmentClass }) {
  return (
    <span className="marked">
      <ClassShape value={value} />
      {classWord(value)}
    </span>
  );
}

// The number of themes by class as one bar, with its numbers below.
export function ClassBar({ totals, label }: { totals: readonly ClassTotal[]; label: string }) {
  const ordered = classOrder.map(
    (value) =>
      totals.find((total) => total.commitmentClass === value) ?? {
        commitmentClass: value,
        themes: 0,
      },
  );
  const all = ordered.reduce((sum, total) => sum + total.themes, 0);
  return (
    <figure className="class-bar" aria-label={label}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {ordered.map((total, index) => {
          const before = ordered.slice(0, index).reduce((sum, one) => sum + one.themes, 0);
          return (
            <rect
              key={total.commitmentClass}
              className={`class-${lookOf(total.commitmentClass).kind}`}
              x={(100 * before) / Math.max(all, 1)}
              width={(100 * total.themes) / Math.max(all, 1)}
              height="6"
            />
          );
        })}
      </svg>
      <ul className="legend">
        {ordered.map((total) => (
          <li key={total.commitmentClass} className={total.themes === 0 ? "none" : undefined}>
            <span className="count">{total.themes}</span>{" "}
            <ClassMark value={total.commitmentClass} />
          </li>
        ))}
      </ul>
    </figure>
  );
}
