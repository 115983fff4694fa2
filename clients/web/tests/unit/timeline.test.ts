import { describe, expect, it } from "vitest";

import type { Change } from "../../src/lib/timeline";
import { countsOn, partySteps, statusesOn } from "../../src/lib/timeline";
import { indexOf } from "../../src/views/start/TimeSlider";

type Status = "outside" | "signatory" | "party";
const day = (year: number, month = 1, date = 1) => ({ year, month, day: date });

// PHL signs in 2013 and joins in 2022; IDN never changes.
const changes: Change<Status, { parties: number }>[] = [
  {
    date: day(2013, 9, 25),
    counts: { parties: 0 },
    changes: [{ state: { name: "states/PHL" }, before: "outside", after: "signatory" }],
  },
  {
    date: day(2022, 3, 24),
    counts: { parties: 1 },
    changes: [{ state: { name: "states/PHL" }, before: "signatory", after: "party" }],
  },
];
const atEnd = new Map<string, Status>([
  ["states/PHL", "party"],
  ["states/IDN", "outside"],
]);

describe("a timeline", () => {
  it("tells how each state stood on a date", () => {
    const on = (date: ReturnType<typeof day>) => statusesOn(changes, atEnd, date).get("states/PHL");
    expect([
      on(day(2013)),
      on(day(2013, 9, 25)),
      on(day(2022, 3, 23)),
      on(day(2022, 3, 24)),
      on(day(2026)),
    ]).toEqual(["outside", "signatory", "signatory", "party", "party"]);
    expect(statusesOn(changes, atEnd, day(2013)).get("states/IDN")).toBe("outside");
  });

  it("leaves out whoever is not in the set at its end", () => {
    expect(
      statusesOn(changes, new Map<string, Status>([["states/IDN", "outside"]]), day(2013)).size,
    ).toBe(1);
  });

  it("tells the counts from a date on", () => {
    const before = { parties: 0 };
    expect(countsOn(changes, before, day(2012))).toBe(before);
    expect(countsOn(changes, before, day(2022, 3, 24))).toEqual({ parties: 1 });
    expect(countsOn([], undefined, day(2022))).toBeUndefined();
  });

  it("draws a line that begins where the slider does", () => {
    expect(partySteps(changes, 0, day(2014))).toEqual([
      { date: day(2014), value: 0 },
      { date: day(2022, 3, 24), value: 1 },
    ]);
  });

  it("puts a date on the last stop that is not after it", () => {
    const days = [day(2013), day(2013, 2), day(2013, 3)];
    expect([
      indexOf(days, day(2012)),
      indexOf(days, day(2013, 2, 20)),
      indexOf(days, day(2030)),
    ]).toEqual([0, 1, 2]);
  });
});
