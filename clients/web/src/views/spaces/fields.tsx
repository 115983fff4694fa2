// Fields for what is confidential: the browser is told to keep nothing of it, and to send it to no
// spelling service.
import type { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { useId } from "react";

import { lightMeaning, lights, lightWord } from "../../lib/markings";

export function TextField({
  label,
  value,
  change,
  rows = 1,
  required = false,
  most,
  type = "text",
  hint,
}: {
  label: string;
  value: string;
  change: (value: string) => void;
  // More than one makes room for paragraphs.
  rows?: number;
  required?: boolean;
  most?: number;
  type?: "text" | "password" | "number" | "url";
  hint?: string;
}) {
  const id = useId();
  const shared = {
    id,
    value,
    required,
    maxLength: most,
    autoComplete: "off",
    spellCheck: false,
    "aria-describedby": hint ? `${id}-hint` : undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows > 1 ? (
        <textarea {...shared} rows={rows} onChange={(event) => change(event.target.value)} />
      ) : (
        <input {...shared} type={type} onChange={(event) => change(event.target.value)} />
      )}
      {hint && (
        <p className="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

// Who may see a thing. With `none`, nothing is chosen for the reader.
export function LightField({
  label,
  value,
  change,
  none,
  noneMeaning = "Say who may see it.",
}: {
  label: string;
  value: TrafficLight;
  change: (value: TrafficLight) => void;
  none?: string;
  // What it means that nothing is chosen.
  noneMeaning?: string;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        required
        autoComplete="off"
        aria-describedby={`${id}-meaning`}
        onChange={(event) => change(Number(event.target.value))}
      >
        {none !== undefined && <option value={0}>{none}</option>}
        {lights.map((light) => (
          <option key={light} value={light}>
            {lightWord(light)}
          </option>
        ))}
      </select>
      <p className="note" id={`${id}-meaning`}>
        {value === 0 ? noneMeaning : lightMeaning(value)}
      </p>
    </div>
  );
}

export function Check({
  label,
  value,
  change,
}: {
  label: string;
  value: boolean;
  change: (value: boolean) => void;
}) {
  return (
    <div className="field toggle">
      <label>
        <input type="checkbox" checked={value} onChange={(event) => change(event.target.checked)} />{" "}
        {label}
      </label>
    </div>
  );
}
