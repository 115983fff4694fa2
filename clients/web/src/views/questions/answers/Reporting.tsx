// Question 15: which reports states owe, and where each stands.
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import type { GetReportingStatusResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { Publicity, ReportStanding } from "@attlas/client/gen/attlas/instruments/v1/report_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { strengthWord, termWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { DateText } from "../../../shared/DateText";
import { NodeChoice, TermChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

const standings: Record<ReportStanding, string> = {
  [ReportStanding.UNSPECIFIED]: "not said",
  [ReportStanding.IN_TIME]: "in time",
  [ReportStanding.LATE]: "late",
  [ReportStanding.SUBMITTED]: "submitted",
  [ReportStanding.MISSING]: "missing",
  [ReportStanding.UNKNOWN]: "due, nothing is known",
  [ReportStanding.NOT_DUE]: "not due yet",
};
const publicity: Record<Publicity, string> = {
  [Publicity.UNSPECIFIED]: "",
  [Publicity.PUBLIC]: "public",
  [Publicity.PRIVATE]: "private",
};
const chosen: Record<string, ReportStanding[]> = {
  late: [ReportStanding.LATE],
  missing: [ReportStanding.MISSING],
  unknown: [ReportStanding.UNKNOWN],
};

export default function Reporting() {
  const { target, date } = useContextOfPage();
  const grouping = useChosen("among", "asean");
  const standing = useChosen("standing");
  const answer = useAnswer(InstrumentService.method.getReportingStatus, {
    read: { asOf: date },
    instrument: target,
    grouping,
    standings: chosen[standing] ?? [],
    pageSize: 1000,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice label="Region set" name="among" types={["grouping"]} fallback="asean" />
        <TermChoice
          label="Only"
          name="standing"
          none="All reports"
          options={[
            { value: "late", label: "late ones" },
            { value: "missing", label: "missing ones" },
            { value: "unknown", label: "of which nothing is known" },
          ]}
        />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => <Reports value={value} />}
      </Answered>
    </>
  );
}

function Reports({ value }: { value: GetReportingStatusResponse }) {
  const duties = new Map(value.duties.map((duty) => [duty.duty?.name ?? "", duty]));
  return (
    <Told value={value}>
      <Table
        caption="What is to be reported"
        rows={value.duties}
        rowKey={(row) => row.duty?.name ?? ""}
        empty="The instrument asks for no report that is recorded."
        columns={[
          { title: "Duty", head: true, cell: (row) => row.duty?.displayName },
          { title: "Asked for", cell: (row) => strengthWord(row.strength) },
          {
            title: "Rule",
            cell: (row) => (
              <>
                {row.rule}
                <Cite evidence={row.evidence} about={row.duty?.displayName} />
              </>
            ),
          },
        ]}
      />
      <Table
        caption="Reports"
        rows={value.reports}
        first={60}
        rowKey={(row, index) => `${row.state?.name} ${row.duty} ${row.year} ${index}`}
        empty="No report of this standing."
        columns={[
          { title: "State", head: true, cell: (row) => <NodeLink node={row.state} /> },
          {
            title: "Report",
            cell: (row) => `${termWord(duties.get(row.duty)?.reportKind ?? "")} ${row.year || ""}`,
          },
          { title: "Due", cell: (row) => <DateText date={row.dueDate} /> },
          { title: "Submitted", cell: (row) => <DateText date={row.submittedDate} /> },
          { title: "Standing", cell: (row) => standings[row.standing] ?? "" },
          { title: "Publicity", cell: (row) => publicity[row.publicity] ?? "" },
          {
            title: "Sources",
            cell: (row) => <Cite evidence={row.evidence} about={row.state?.displayName} />,
          },
        ]}
      />
    </Told>
  );
}
