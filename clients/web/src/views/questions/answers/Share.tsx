// Question 13: the share of a body that takes part in an instrument.
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { countsByStatus } from "../../../shared/counts";
import { DateText } from "../../../shared/DateText";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { StatusLegend, StatusMark } from "../../../shared/StatusMark";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function Share() {
  const { target, date } = useContextOfPage();
  const body = useChosen("body", "organizations/pif");
  const answer = useAnswer(InstrumentService.method.getMembershipShare, {
    read: { asOf: date },
    body,
    instrument: target,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice
          label="Body"
          name="body"
          types={["organization", "grouping"]}
          fallback="organizations/pif"
        />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            {value.counts && <StatusLegend counts={countsByStatus(value.counts)} />}
            {value.bodyDefinition && <p className="note">{value.bodyDefinition}</p>}
            <Table
              caption={`Members of ${value.body?.displayName}`}
              rows={value.members}
              rowKey={(row) => row.state?.name ?? ""}
              empty="No member is recorded."
              columns={[
                { title: "Member", head: true, cell: (row) => <NodeLink node={row.state} /> },
                { title: "Status", cell: (row) => <StatusMark status={row.status} /> },
                { title: "Signed", cell: (row) => <DateText date={row.signedDate} /> },
                { title: "Joined", cell: (row) => <DateText date={row.depositDate} /> },
                {
                  title: "Sources",
                  cell: (row) => <Cite evidence={row.evidence} about={row.state?.displayName} />,
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
