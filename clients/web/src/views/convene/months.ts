// Days some months ahead.
import type { Day } from "../../lib/dates";

// The first day of the month that lies `months` after that of `date`.
export function monthsLater(date: Day, months: number): Day {
  const count = date.year * 12 + Math.max(date.month, 1) - 1 + months;
  return { year: Math.floor(count / 12), month: (count % 12) + 1, day: 1 };
}
