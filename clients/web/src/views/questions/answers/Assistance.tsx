// Question 22: who could pay for or assist a need of a state.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { termWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { OfferTable } from "../../../shared/OfferTable";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function Assistance() {
  const { date } = useContextOfPage();
  const state = useChosen("state", "FJI");
  const theme = useChosen("theme", "stockpile-management");
  const answer = useAnswer(CooperationService.method.getReach, {
    read: { asOf: date },
    state,
    theme,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="state" types={["state"]} fallback="FJI" />
        <NodeChoice label="Need" name="theme" types={["theme"]} fallback="stockpile-management" />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            <OfferTable caption="Who could pay or assist" offers={value.places[0]?.offers ?? []} />
            <Table
              caption="Who did such work, wherever that was"
              rows={value.helpers}
              first={15}
              rowKey={(row) => row.organization?.name ?? ""}
              empty="No such work is recorded."
              columns={[
                {
                  title: "Organization",
                  head: true,
                  cell: (row) => <NodeLink node={row.organization} />,
                },
                { title: "Kind", cell: (row) => termWord(row.kind) },
                { title: "Events", align: "end", cell: (row) => row.engagements },
                { title: "Its standing task", cell: (row) => (row.worksOnTheme ? "yes" : "") },
                {
                  title: "Sources",
                  cell: (row) => (
                    <Cite evidence={row.evidence} about={row.organization?.displayName} />
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
