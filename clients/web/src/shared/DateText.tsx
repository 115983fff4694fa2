// A date with the precision that is known, for people and machines.
import type { Day } from "../lib/dates";
import { formatIso, formatLong } from "../lib/dates";

export function DateText({
  date,
  long = false,
  none = "",
}: {
  date: Day | undefined;
  long?: boolean;
  none?: string;
}) {
  if (!date) return <>{none}</>;
  const iso = formatIso(date);
  return (
    <time dateTime={iso} className={long ? undefined : "date"}>
      {long ? formatLong(date) : iso}
    </time>
  );
}
