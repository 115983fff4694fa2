// What can be undone: the states before and, once something was undone, those after.
export interface Timeline<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  // What sort of change made the present; changes of one sort in a row are one.
  sort: string;
}

const longest = 200;

export function begin<T>(present: T): Timeline<T> {
  return { past: [], present, future: [], sort: "" };
}

// Goes to `next`. With a `sort` that is that of the last change, both are undone together: a slider
// that is dragged is one change.
export function go<T>(timeline: Timeline<T>, next: T, sort = ""): Timeline<T> {
  if (Object.is(next, timeline.present)) return timeline;
  const joined = sort !== "" && sort === timeline.sort;
  const past = joined ? timeline.past : [...timeline.past, timeline.present].slice(-longest);
  return { past, present: next, future: [], sort };
}

export function undo<T>(timeline: Timeline<T>): Timeline<T> {
  const previous = timeline.past.at(-1);
  if (previous === undefined) return timeline;
  return {
    past: timeline.past.slice(0, -1),
    present: previous,
    future: [timeline.present, ...timeline.future],
    sort: "",
  };
}

export function redo<T>(timeline: Timeline<T>): Timeline<T> {
  const next = timeline.future[0];
  if (next === undefined) return timeline;
  return {
    past: [...timeline.past, timeline.present],
    present: next,
    future: timeline.future.slice(1),
    sort: "",
  };
}
