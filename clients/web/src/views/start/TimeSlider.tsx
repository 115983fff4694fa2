// The date as a slider from 2013 to today that plays, over the line of how many were parties.
import { useEffect, useId, useState } from "react";

import type { Day } from "../../lib/dates";
import { formatIso, formatLong, orderOf } from "../../lib/dates";

export interface Step {
  date: Day;
  value: number;
}

// Milliseconds for a month: the whole span takes about twenty seconds.
const pace = 120;

export function TimeSlider({
  days,
  date,
  pick,
  settle,
  line,
  size,
}: {
  // The stops of the slider, earliest first.
  days: readonly Day[];
  date: Day;
  // The date is being moved.
  pick: (date: Day) => void;
  // It stays.
  settle: () => void;
  // The number of parties over time, and of how many.
  line: readonly Step[];
  size: number;
}) {
  const id = useId();
  const [playing, setPlaying] = useState(false);
  const last = days.length - 1;
  const at = indexOf(days, date);

  useEffect(() => {
    if (!playing) return undefined;
    if (at >= last) {
      setPlaying(false);
      settle();
      return undefined;
    }
    const timer = window.setTimeout(() => pick(days[at + 1] ?? date), pace);
    return () => window.clearTimeout(timer);
  }, [playing, at, last, days, date, pick, settle]);

  const toggle = (): void => {
    if (playing) settle();
    else if (at >= last && days[0]) pick(days[0]);
    setPlaying(!playing);
  };

  return (
    <div className="time no-print">
      <button type="button" className="quiet time-play" onClick={toggle}>
        {playing ? "Pause" : "Play"}
      </button>
      <div className="time-track">
        <Line days={days} line={line} size={size} />
        <label htmlFor={id} className="unseen">
          Date
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={formatLong(date)}
          onChange={(event) => {
            setPlaying(false);
            pick(days[Number(event.target.value)] ?? date);
          }}
          onPointerUp={settle}
          onKeyUp={settle}
          onBlur={settle}
        />
        <div className="time-ends" aria-hidden="true">
          <span>{days[0]?.year}</span>
          <span>{days[last] && formatIso(days[last])}</span>
        </div>
      </div>
    </div>
  );
}

// The last stop that is not after `date`; the first where all are.
export function indexOf(days: readonly Day[], date: Day): number {
  let at = 0;
  while (at + 1 < days.length && orderOf(days[at + 1] as Day) <= orderOf(date)) at += 1;
  return at;
}

// The line of parties, drawn with the same ends as the slider below it.
function Line({ days, line, size }: { days: readonly Day[]; line: readonly Step[]; size: number }) {
  if (line.length === 0) return <svg className="time-line" aria-hidden="true" />;
  const last = Math.max(days.length - 1, 1);
  const y = (value: number): number => 30 - (28 * value) / Math.max(size, 1);
  let path = "";
  for (const [index, step] of line.entries()) {
    const x = (100 * indexOf(days, step.date)) / last;
    path += index === 0 ? `M${x} ${y(step.value)}` : `H${x}V${y(step.value)}`;
  }
  return (
    <svg className="time-line" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <path d={`${path}H100V30H0Z`} className="time-area" />
      <path d={`${path}H100`} className="time-edge" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
