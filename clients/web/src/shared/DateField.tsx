// A date as it is written everywhere here, 2026-02-03, whatever the language of the browser.
import { useEffect, useId, useState } from "react";

import type { Day } from "../lib/dates";
import { formatIso, parseDate } from "../lib/dates";

export function DateField({
  label,
  value,
  none,
  change,
}: {
  label: string;
  value: Day | undefined;
  // The date that an empty field stands for; without one the field may be empty.
  none?: Day;
  change: (value: Day | undefined) => void;
}) {
  const id = useId();
  const shown = value ?? none;
  const given = shown ? formatIso(shown) : "";
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const wrong = text.trim() !== "" && parseDate(text) === undefined;

  const take = (): void => {
    if (wrong) return;
    const next = parseDate(text);
    if (!next) setText(none ? formatIso(none) : "");
    const same = next && none && formatIso(next) === formatIso(none);
    const kept = same ? undefined : next;
    if (formatOf(kept) !== formatOf(value)) change(kept);
  };

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="2026-02-03"
        className="number"
        value={text}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setText(given);
        }}
      />
      {wrong && (
        <p className="field-wrong" id={`${id}-wrong`}>
          Write a date as 2026-02-03, 2026-02 or 2026.
        </p>
      )}
    </div>
  );
}

const formatOf = (date: Day | undefined): string => (date ? formatIso(date) : "");
