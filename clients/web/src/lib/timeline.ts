// Replays how participation grew from one answer of the service, so that a date can be dragged
// without a call for each day. The statuses and counts are the service's own; nothing is counted
// here.
import type { Day } from "./dates";
import { orderOf } from "./dates";

// What is used of attlas.instruments.v1.StatusChange.
export interface Change<S, C> {
  date?: Day;
  counts?: C;
  changes: readonly { state?: { name: string }; before: S; after: S }[];
}

// The counts from `date` on: those of the latest change up to it, or those before all.
export function countsOn<S, C>(
  changes: readonly Change<S, C>[],
  before: C | undefined,
  date: Day,
): C | undefined {
  let counts = before;
  for (const change of changes) {
    if (!change.date || orderOf(change.date) > orderOf(date)) break;
    counts = change.counts;
  }
  return counts;
}

// How each state stood on `date`. `atEnd` is how they stand at the end of the answer, which is how
// those that never changed always stood.
export function statusesOn<S, C>(
  changes: readonly Change<S, C>[],
  atEnd: ReadonlyMap<string, S>,
  date: Day,
): Map<string, S> {
  const statuses = new Map(atEnd);
  // Backwards from the end: the first change after the date tells how the state stood before it.
  for (const change of [...changes].reverse()) {
    if (!change.date || orderOf(change.date) <= orderOf(date)) break;
    for (const one of change.changes) {
      if (one.state && statuses.has(one.state.name)) statuses.set(one.state.name, one.before);
    }
  }
  return statuses;
}

// The numbers of parties as steps of a line: at `date` the line goes to `value`.
export function partySteps<S>(
  changes: readonly Change<S, { parties: number }>[],
  before: number,
  start: Day,
): { date: Day; value: number }[] {
  let value = before;
  const steps: { date: Day; value: number }[] = [];
  for (const change of changes) {
    if (!change.date || !change.counts) continue;
    if (orderOf(change.date) <= orderOf(start)) {
      value = change.counts.parties;
      continue;
    }
    steps.push({ date: change.date, value: change.counts.parties });
  }
  return [{ date: start, value }, ...steps];
}
