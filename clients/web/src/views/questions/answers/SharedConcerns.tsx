// Question 9: who shares the concerns of a state.
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { DateText } from "../../../shared/DateText";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink, NodeLinks } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function SharedConcerns() {
  const { date } = useContextOfPage();
  const state = useChosen("state", "IND");
  const grouping = useChosen("among");
  const answer = useAnswer(EvidenceService.method.findSharedConcerns, {
    read: { asOf: date },
    state,
    grouping,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="state" types={["state"]} fallback="IND" />
        <NodeChoice label="Among" name="among" types={["grouping"]} none="All states" />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            <Table
              caption="States that voiced concerns of the same themes"
              rows={value.partners}
              rowKey={(row) => row.state?.name ?? ""}
              empty="No other state voiced one."
              columns={[
                { title: "State", head: true, cell: (row) => <NodeLink node={row.state} /> },
                { title: "Themes", cell: (row) => <NodeLinks nodes={row.themes} /> },
                {
                  title: "Latest",
                  cell: (row) => <DateText date={row.latestVoicedDate} none="not known" />,
                },
                {
                  title: "Sources",
                  cell: (row) => <Cite evidence={row.evidence} about={row.state?.displayName} />,
                },
              ]}
            />
            <Table
              caption="Theme by theme"
              rows={value.themes}
              rowKey={(row) => row.theme?.name ?? ""}
              empty="It voiced no concern that is recorded."
              columns={[
                { title: "Theme", head: true, cell: (row) => row.theme?.displayName },
                { title: "States", cell: (row) => <NodeLinks nodes={row.states} none="none" /> },
                {
                  title: "Organizations and regions",
                  cell: (row) => <NodeLinks nodes={row.bodies} none="none" />,
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
