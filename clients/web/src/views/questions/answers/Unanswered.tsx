// Question 6: concerns that lack an answer of one kind or another.
import { AnswerKind } from "@attlas/client/gen/attlas/evidence/v1/answer_pb";
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { DateText } from "../../../shared/DateText";
import { NodeChoice, TermChoice, useChosen } from "../../../shared/fields";
import { NodeLink, NodeLinks } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

const kinds: Record<string, AnswerKind> = {
  publication: AnswerKind.PUBLICATION,
  clause: AnswerKind.CLAUSE,
  peer: AnswerKind.PEER,
};

export default function Unanswered() {
  const { target, date } = useContextOfPage();
  const state = useChosen("state");
  const missing = useChosen("missing", "publication");
  const answer = useAnswer(EvidenceService.method.listUnanswered, {
    read: { asOf: date },
    state,
    target,
    missing: kinds[missing] ? [kinds[missing]] : [],
    pageSize: 200,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice label="State" name="state" types={["state"]} none="All" />
        <TermChoice
          label="What is missing"
          name="missing"
          fallback="publication"
          options={[
            { value: "publication", label: "a publication" },
            { value: "clause", label: "a clause" },
            { value: "peer", label: "a state that joined anyway" },
          ]}
        />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            <Table
              caption="Concerns without it, latest first"
              rows={value.concerns}
              rowKey={(row) => row.concern?.name ?? ""}
              empty="Every concern has it."
              columns={[
                {
                  title: "When",
                  cell: (row) => <DateText date={row.concern?.latestVoicedDate} none="not known" />,
                },
                {
                  title: "Concern",
                  head: true,
                  cell: (row) => (
                    <>
                      {row.concern && <NodeLink node={row.concern} />}
                      <span className="line-item">
                        {row.concern?.paraphrase}
                        <Cite
                          evidence={row.concern?.evidence ?? []}
                          about={row.concern?.displayName}
                        />
                      </span>
                    </>
                  ),
                },
                {
                  title: "Voiced by",
                  cell: (row) => (
                    <NodeLinks
                      nodes={row.concern?.voices.flatMap((voice) => voice.holder ?? []) ?? []}
                    />
                  ),
                },
                { title: "Clauses", align: "end", cell: (row) => row.concern?.clauses },
                { title: "Publications", align: "end", cell: (row) => row.concern?.publications },
                { title: "Peers", align: "end", cell: (row) => row.peers },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
