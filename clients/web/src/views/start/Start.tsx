// Who takes part in an instrument: the first thing that a reader sees.
import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { InstrumentService } from "../../gen/attlas/instruments/v1/instrument_service_pb";
import { Answered } from "../../shared/AnswerState";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { NodeLink } from "../../shared/Link";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Title } from "../../shared/Title";

export default function Start() {
  const { target, region, date } = useContextOfPage();
  const status = useAnswer(InstrumentService.method.getStatus, {
    read: { asOf: date },
    instrument: target,
    grouping: region,
    includeSources: true,
  });
  return (
    <>
      <Title window="Map">Who takes part</Title>
      <ContextBar target region />
      <Answered answer={status} lines={16}>
        {(value) => (
          <Founds answer={value}>
            <Table
              caption="States by how they stand"
              rows={value.states}
              rowKey={(row) => row.state?.name ?? ""}
              empty="No state is in this set."
              columns={[
                { title: "State", head: true, cell: (row) => <NodeLink node={row.state} /> },
                { title: "Status", cell: (row) => <StatusMark status={row.status} /> },
                { title: "Signed", cell: (row) => <DateText date={row.signedDate} /> },
                { title: "Deposited", cell: (row) => <DateText date={row.depositDate} /> },
                { title: "In force", cell: (row) => <DateText date={row.inForceDate} /> },
                {
                  title: "Sources",
                  cell: (row) => <Cite evidence={row.evidence} about={row.state?.displayName} />,
                },
              ]}
            />
            <Basis basis={value.basis} coverage={value.coverage} truncated={value.truncated} />
          </Founds>
        )}
      </Answered>
    </>
  );
}
