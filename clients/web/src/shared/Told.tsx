// An answer of a domain service: its sentence, what is shown of it, and on what it rests.
import type { AnswerBasis } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import type { Coverage } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import type { ReactNode } from "react";

import { Empty } from "./AnswerState";
import { Basis } from "./Basis";
import type { Founded } from "./citations/book";
import { Cite, Founds } from "./citations/Citations";

export interface DomainAnswer extends Founded {
  sentence?: string;
  basis?: AnswerBasis;
  coverage?: Coverage;
  truncated: boolean;
  nextPageToken?: string;
}

export function Told({ value, children }: { value: DomainAnswer; children?: ReactNode }) {
  return (
    <Founds answer={value}>
      {value.sentence && <p className="sentence">{value.sentence}</p>}
      {children}
      {value.nextPageToken && <p className="warning">There is more than is shown: choose less.</p>}
      <Basis basis={value.basis} truncated={value.truncated} coverage={value.coverage} />
    </Founds>
  );
}

// Facts that are told in sentences, each with its sources.
export function Sentences({
  title,
  rows,
  empty,
}: {
  title: string;
  rows: readonly { sentence: string; evidence: readonly string[] }[];
  empty: string;
}) {
  return (
    <section className="told">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <ul>
          {rows.map((row, index) => (
            <li key={index}>
              {row.sentence}
              <Cite evidence={row.evidence} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
