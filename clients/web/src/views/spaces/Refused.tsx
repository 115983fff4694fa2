// Why something was not done, and what is needed for it.
import type { Fault } from "../../api/fault";

export function Refused({
  fault,
  what,
}: {
  fault: Fault;
  // What is needed, said where the reader may not do it.
  what: string;
}) {
  return (
    <div className="failure" role="alert">
      <p className="failure-title">{fault.title}</p>
      <p>{fault.text}</p>
      {fault.refused && <p>{what}</p>}
    </div>
  );
}
