// Dates as the services give them: a year, a month or a day, never more precise than is known.

// The fields of attlas.graph.v1.Date; 0 where a part is not known.
export interface Day {
  year: number;
  month: number;
  day: number;
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number): string => String(value).padStart(2, "0");
const four = (value: number): string => String(value).padStart(4, "0");

// `2026-02-03`, `2026-02` or `2026`.
export function formatIso(date: Day): string {
  if (!date.month) return four(date.year);
  if (!date.day) return `${four(date.year)}-${two(date.month)}`;
  return `${four(date.year)}-${two(date.month)}-${two(date.day)}`;
}

// `3 February 2026`, `February 2026` or `2026`.
export function formatLong(date: Day): string {
  const month = months[date.month - 1];
  if (!month) return String(date.year);
  return date.day ? `${date.day} ${month} ${date.year}` : `${month} ${date.year}`;
}

export function daysOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// Reads `2026-02-03`, `2026-02` or `2026`; undefined where it is no date.
export function parseDate(text: string): Day | undefined {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.trim());
  if (!parts) return undefined;
  const year = Number(parts[1]);
  const month = Number(parts[2] ?? 0);
  const day = Number(parts[3] ?? 0);
  if (year < 1) return undefined;
  if (parts[2] !== undefined && (month < 1 || month > 12)) return undefined;
  if (parts[3] !== undefined && (day < 1 || day > daysOfMonth(year, month))) return undefined;
  return { year, month, day };
}

// A number that orders dates; a partial date counts from the first day of its period, as it does
// at the services.
export function orderOf(date: Day): number {
  return date.year * 10000 + Math.max(date.month, 1) * 100 + Math.max(date.day, 1);
}

export function today(now: Date = new Date()): Day {
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
}

// The months from `start` to `end`, each as its first day, and `end` itself last.
export function monthsBetween(start: Day, end: Day): Day[] {
  const steps: Day[] = [];
  for (let year = start.year, month = Math.max(start.month, 1); ; month += 1) {
    if (month > 12) {
      month = 1;
      year += 1;
    }
    const step = { year, month, day: 1 };
    if (orderOf(step) >= orderOf(end)) break;
    steps.push(step);
  }
  steps.push(end);
  return steps;
}
