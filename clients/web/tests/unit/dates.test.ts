import { describe, expect, it } from "vitest";

import {
  formatIso,
  formatLong,
  monthsBetween,
  orderOf,
  parseDate,
  today,
} from "../../src/lib/dates";

describe("dates", () => {
  it("are written with the precision that is known", () => {
    expect(formatIso({ year: 2026, month: 2, day: 3 })).toBe("2026-02-03");
    expect(formatIso({ year: 2026, month: 2, day: 0 })).toBe("2026-02");
    expect(formatIso({ year: 987, month: 0, day: 0 })).toBe("0987");
    expect(formatLong({ year: 2026, month: 2, day: 3 })).toBe("3 February 2026");
    expect(formatLong({ year: 2013, month: 0, day: 0 })).toBe("2013");
  });

  it("are read, and what is no date is refused", () => {
    expect(parseDate("2024-02-29")).toEqual({ year: 2024, month: 2, day: 29 });
    expect(parseDate("2013-06")).toEqual({ year: 2013, month: 6, day: 0 });
    for (const text of [
      "2023-02-29",
      "2024-13-01",
      "2024-00-01",
      "24-01-01",
      "",
      "0000-01-01",
      "2024-1-1",
    ]) {
      expect(parseDate(text), text).toBeUndefined();
    }
  });

  it("order a partial date by the first day of its period", () => {
    expect(orderOf({ year: 2013, month: 0, day: 0 })).toBe(
      orderOf({ year: 2013, month: 1, day: 1 }),
    );
    expect(orderOf({ year: 2013, month: 6, day: 0 })).toBeLessThan(
      orderOf({ year: 2013, month: 6, day: 3 }),
    );
  });

  it("step by months and end on the last day exactly", () => {
    const steps = monthsBetween(
      { year: 2013, month: 11, day: 1 },
      { year: 2014, month: 2, day: 3 },
    );
    expect(steps.map(formatIso)).toEqual([
      "2013-11-01",
      "2013-12-01",
      "2014-01-01",
      "2014-02-01",
      "2014-02-03",
    ]);
    expect(
      monthsBetween({ year: 2014, month: 1, day: 1 }, { year: 2014, month: 1, day: 1 }),
    ).toHaveLength(1);
  });

  it("takes today in UTC, as the server does", () => {
    expect(today(new Date("2026-02-03T23:59:59Z"))).toEqual({ year: 2026, month: 2, day: 3 });
  });
});
