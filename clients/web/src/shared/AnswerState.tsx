// The states of an answer that are not the answer: under way, failed, empty. They keep the room
// that the answer will need, so that nothing jumps.
import type { ReactNode } from "react";

import type { Answer } from "../api/use-answer";
import type { Fault } from "../api/fault";

export function Failure({ fault, retry }: { fault: Fault; retry: () => void }) {
  return (
    <div className="failure" role="alert">
      <p className="failure-title">{fault.title}</p>
      <p>{fault.text}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

export function Waiting({ lines = 4, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div className="waiting" role="status">
      <span className="unseen">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="waiting-line" aria-hidden="true" />
      ))}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

// Shows `children` of the answer. A failed call leaves an earlier answer in sight, and says so.
export function Answered<T>({
  answer,
  lines,
  children,
}: {
  answer: Answer<T>;
  // How many lines the answer will take at least.
  lines?: number;
  children: (value: T) => ReactNode;
}) {
  return (
    <div className="answered" aria-busy={answer.loading}>
      {answer.fault && <Failure fault={answer.fault} retry={answer.retry} />}
      {answer.value !== undefined && children(answer.value)}
      {answer.value === undefined && !answer.fault && <Waiting lines={lines} />}
    </div>
  );
}
