// What answers a concern: questions 5, 7 and 8 look at different parts of one answer.
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, Toggle, useChosen } from "../../../shared/fields";
import { Sentences, Told } from "../../../shared/Told";

export type Part = "clauses" | "publications" | "peers";

export function ConcernAnswers({
  concern: example,
  first,
  sameTheme = false,
}: {
  // The concern of the example.
  concern: string;
  // What the question asks for; it is shown first.
  first: Part;
  sameTheme?: boolean;
}) {
  const { target, date } = useContextOfPage();
  const concern = useChosen("concern", example);
  const widened = useChosen("wide") === "yes" || sameTheme;
  const answer = useAnswer(EvidenceService.method.findAnswers, {
    read: { asOf: date },
    concern,
    target,
    includeSameTheme: widened,
    includeSources: true,
  });
  const order: Part[] = [
    first,
    ...(["clauses", "publications", "peers"] as const).filter((part) => part !== first),
  ];
  return (
    <>
      <ContextBar target>
        <NodeChoice label="Concern" name="concern" types={["challenge"]} fallback={example} />
        {!sameTheme && <Toggle label="Also what answers others of its theme" name="wide" />}
      </ContextBar>
      <Answered answer={answer} lines={10}>
        {(value) => {
          const parts = {
            clauses: (
              <Sentences
                key="clauses"
                title="Clauses"
                rows={value.clauses}
                empty="No clause is known to answer it."
              />
            ),
            publications: (
              <Sentences
                key="publications"
                title="Publications"
                rows={value.publications}
                empty="No publication is known to bear on it."
              />
            ),
            peers: (
              <Sentences
                key="peers"
                title={`States that held such a concern and take part in ${value.target?.displayName}`}
                rows={value.peers}
                empty="No such state is known."
              />
            ),
          };
          return (
            <Told value={value}>
              <p>
                {value.concern?.sentence}
                <Cite evidence={value.concern?.evidence ?? []} about="the concern" />
              </p>
              {order.map((part) => parts[part])}
            </Told>
          );
        }}
      </Answered>
    </>
  );
}
