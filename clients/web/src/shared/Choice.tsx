// A choice from a list of names, by the browser's own control: it works by keyboard, by voice and
// on every phone.
import { useId } from "react";

export interface Option {
  value: string;
  label: string;
}

export function Choice({
  label,
  value,
  options,
  change,
  none,
}: {
  label: string;
  value: string;
  options: readonly Option[];
  change: (value: string) => void;
  // The label of choosing nothing; absent where something must be chosen.
  none?: string;
}) {
  const id = useId();
  const known = value === "" || options.some((option) => option.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.target.value)}>
        {(none !== undefined || value === "") && <option value="">{none ?? "Choose"}</option>}
        {!known && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
