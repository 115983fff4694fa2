// The concerns that the state voiced, each with what answers it.
import type { Concern } from "@attlas/client/gen/attlas/evidence/v1/concern_pb";
import type { ListConcernsResponse } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered, Empty } from "../../shared/AnswerState";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";

export function Concerns({ value }: { value: ListConcernsResponse }) {
  return (
    <Founds answer={value}>
      <p className="sentence">{value.sentence}</p>
      {value.concerns.map((concern) => (
        <article key={concern.name} className="concern">
          <h3>{concern.displayName}</h3>
          <p>
            {concern.sentence}
            <Cite evidence={concern.evidence} about={concern.displayName} />
          </p>
          <Replies concern={concern} />
        </article>
      ))}
      <Basis basis={value.basis} truncated={value.truncated} />
    </Founds>
  );
}

function Replies({ concern }: { concern: Concern }) {
  const { target, date } = useContextOfPage();
  const answer = useAnswer(EvidenceService.method.findAnswers, {
    read: { asOf: date },
    concern: concern.name,
    target,
    includeSources: true,
  });
  return (
    <Answered answer={answer} lines={3}>
      {(value) => {
        const replies = [...value.clauses, ...value.publications, ...value.peers];
        return (
          <Founds answer={value}>
            {replies.length === 0 ? (
              <Empty>Nothing recorded answers it yet.</Empty>
            ) : (
              <ul>
                {replies.map((reply, index) => (
                  <li key={index}>
                    {reply.sentence}
                    <Cite evidence={reply.evidence} />
                  </li>
                ))}
              </ul>
            )}
          </Founds>
        );
      }}
    </Answered>
  );
}
