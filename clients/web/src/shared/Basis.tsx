// On what an answer rests: its date, how sure its statements are, and what it left out.
import type { AnswerBasis } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import type { Coverage } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

import { confidenceWord, counted, coverageWord } from "../lib/words";
import { DateText } from "./DateText";

export function Basis({
  basis,
  truncated = false,
  coverage,
}: {
  basis: AnswerBasis | undefined;
  truncated?: boolean;
  coverage?: Coverage;
}) {
  if (!basis) return null;
  return (
    <div className="basis">
      <p>
        As of <DateText date={basis.asOf} long />
        {basis.asOfDefaulted && " (today)"}; statements that are{" "}
        {confidenceWord(basis.minConfidence)} or surer
        {basis.leftOutStatements > 0 && (
          <>; {counted(basis.leftOutStatements, "less sure statement")} left out</>
        )}
        {basis.undatedStatements > 0 && <>; {basis.undatedStatements} without a date counted</>}.
        {coverage && (
          <>
            {" "}
            {capitalized(coverageWord(coverage.level))}
            {coverage.asOf && (
              <>
                , known up to <DateText date={coverage.asOf} long />
              </>
            )}
            .
          </>
        )}
      </p>
      {basis.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {truncated && (
        <p className="warning">A limit of the server cut this answer short: it is not complete.</p>
      )}
    </div>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
