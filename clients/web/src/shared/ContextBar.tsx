// The choices that go along from view to view: instrument, region set, date.
import type { ReactNode } from "react";

import { useDirectory, useRegions } from "../api/directory";
import { useContextOfPage } from "../app/context";
import { today } from "../lib/dates";
import { Choice } from "./Choice";
import { DateField } from "./DateField";

export function ContextBar({
  target = false,
  region = false,
  date = true,
  children,
  more,
}: {
  target?: boolean;
  region?: boolean;
  date?: boolean;
  // Further fields of the view, before these.
  children?: ReactNode;
  // And after the instrument and the region set.
  more?: ReactNode;
}) {
  return (
    <form
      className="context"
      aria-label="What is shown"
      onSubmit={(event) => event.preventDefault()}
    >
      {children}
      {target && <TargetChoice />}
      {region && <RegionChoice />}
      {more}
      {date && <DateChoice />}
    </form>
  );
}

export function TargetChoice({ label = "Instrument" }: { label?: string }) {
  const { target, change } = useContextOfPage();
  const instruments = useDirectory("instrument");
  return (
    <Choice
      label={label}
      value={target}
      options={instruments.entries.map((entry) => ({ value: entry.id, label: entry.label }))}
      change={(next) => change({ target: next })}
    />
  );
}

export function RegionChoice() {
  const { region, change } = useContextOfPage();
  const regions = useRegions();
  return (
    <Choice
      label="Region set"
      value={region}
      none="All states"
      options={regions.entries.map((entry) => ({ value: entry.id, label: entry.label }))}
      change={(next) => change({ region: next || "all" })}
    />
  );
}

export function DateChoice() {
  const { date, change } = useContextOfPage();
  return (
    <DateField
      label="As of"
      value={date}
      none={today()}
      change={(next) => change({ date: next })}
    />
  );
}
