// Fields whose choice is in the address.
import { useDirectory } from "../api/directory";
import { useContextOfPage } from "../app/context";
import { parseDate } from "../lib/dates";
import type { Day } from "../lib/dates";
import { Choice } from "./Choice";
import type { Option } from "./Choice";
import { DateField } from "./DateField";

// The value of the address, or what stands for it where it is not there.
export function useChosen(name: string, fallback = ""): string {
  const { value } = useContextOfPage();
  return value(name) || fallback;
}

// A node of some types. Its value is its id or, where it may be of several types, its full name.
export function NodeChoice({
  label,
  name,
  types,
  fallback = "",
  none,
}: {
  label: string;
  name: string;
  types: readonly string[];
  fallback?: string;
  none?: string;
}) {
  const { change } = useContextOfPage();
  const chosen = useChosen(name, fallback);
  const directory = useDirectory(...types);
  const full = types.length > 1;
  return (
    <Choice
      label={label}
      value={chosen}
      none={none}
      options={directory.entries.map((entry) => ({
        value: full ? entry.name : entry.id,
        label: entry.label,
      }))}
      change={(next) => change({ [name]: next })}
    />
  );
}

// One of a few terms.
export function TermChoice({
  label,
  name,
  options,
  fallback = "",
  none,
}: {
  label: string;
  name: string;
  options: readonly Option[];
  fallback?: string;
  none?: string;
}) {
  const { change } = useContextOfPage();
  return (
    <Choice
      label={label}
      value={useChosen(name, fallback)}
      none={none}
      options={options}
      change={(next) => change({ [name]: next })}
    />
  );
}

export function useChosenDate(name: string, fallback?: Day): Day | undefined {
  return parseDate(useChosen(name)) ?? fallback;
}

export function DateChoiceOf({
  label,
  name,
  fallback,
}: {
  label: string;
  name: string;
  fallback?: Day;
}) {
  const { change } = useContextOfPage();
  return (
    <DateField
      label={label}
      value={parseDate(useChosen(name))}
      none={fallback}
      change={(next) => change({ [name]: next })}
    />
  );
}

// Yes or no.
export function Toggle({ label, name }: { label: string; name: string }) {
  const { value, change } = useContextOfPage();
  return (
    <div className="field toggle">
      <label>
        <input
          type="checkbox"
          checked={value(name) === "yes"}
          onChange={(event) => change({ [name]: event.target.checked ? "yes" : undefined })}
        />{" "}
        {label}
      </label>
    </div>
  );
}
