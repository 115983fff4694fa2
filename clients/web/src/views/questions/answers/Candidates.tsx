// Question 23: the states nearest to joining.
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, TermChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { StatusMark } from "../../../shared/StatusMark";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function Candidates() {
  const { target, date } = useContextOfPage();
  const grouping = useChosen("among", "asean");
  const who = useChosen("who", "signatories");
  const answer = useAnswer(InstrumentService.method.rankCandidates, {
    read: { asOf: date },
    instrument: target,
    grouping,
    signatoriesOnly: who === "signatories",
    pageSize: 500,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice label="Region set" name="among" types={["grouping"]} fallback="asean" />
        <TermChoice
          label="Who"
          name="who"
          fallback="signatories"
          options={[
            { value: "signatories", label: "signatories alone" },
            { value: "all", label: "all that may still join" },
          ]}
        />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            <p className="note">
              The order: signatories; more themes carried for the same goods; more events attended;
              fewer unanswered concerns. There is no score.
            </p>
            <Table
              caption={`${value.totalSize} states that may still join ${value.instrument?.displayName}, the nearest first`}
              rows={value.candidates}
              first={60}
              rowKey={(row) => row.status?.state?.name ?? ""}
              empty="No such state in this set."
              columns={[
                {
                  title: "State",
                  head: true,
                  cell: (row) => <NodeLink node={row.status?.state} />,
                },
                {
                  title: "Status",
                  cell: (row) => row.status && <StatusMark status={row.status.status} />,
                },
                {
                  title: "Themes for the same goods",
                  cell: (row) =>
                    `${row.themes?.bindingSameGoods} binding, ${row.themes?.politicalSameGoods} political, ${row.themes?.voluntarySameGoods} voluntary of ${row.themes?.total}`,
                },
                { title: "Events", align: "end", cell: (row) => row.events },
                {
                  title: "Concerns unanswered",
                  align: "end",
                  cell: (row) => `${row.unansweredConcerns} of ${row.concerns}`,
                },
                {
                  title: "Sources",
                  cell: (row) => (
                    <Cite evidence={row.evidence} about={row.status?.state?.displayName} />
                  ),
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
