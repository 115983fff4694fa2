// What changed about a state, an instrument or an organization: in the world since a date, and in
// the record since a revision.
import { WorldChangeKind } from "@attlas/client/gen/attlas/evidence/v1/change_pb";
import type { WorldChange } from "@attlas/client/gen/attlas/evidence/v1/change_pb";
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";
import type { GetChangesResponse } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { formatIso } from "../../lib/dates";
import { counted } from "../../lib/words";
import { Answered } from "../../shared/AnswerState";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { DateChoiceOf, NodeChoice, useChosen, useChosenDate } from "../../shared/fields";
import { Link } from "../../shared/Link";
import { Table } from "../../shared/Table";
import { Title } from "../../shared/Title";
import { Told } from "../../shared/Told";

const usual = { year: 2022, month: 1, day: 1 };

export default function Changes() {
  const { date } = useContextOfPage();
  const node = useChosen("node", "states/PHL");
  const since = useChosenDate("since", usual);
  const revision = useChosen("revision");
  const answer = useAnswer(EvidenceService.method.getChanges, {
    read: { asOf: date },
    node,
    since,
    sinceRevision: revision,
    pageSize: 1000,
    includeSources: true,
  });
  return (
    <>
      <Title
        window="Changes since"
        lead="What began or ended in the world, and what was recorded since you last looked."
      >
        Changes since
      </Title>
      <ContextBar>
        <NodeChoice
          label="About"
          name="node"
          types={["state", "instrument", "organization", "economy", "territory"]}
          fallback="states/PHL"
        />
        <DateChoiceOf label="Since" name="since" fallback={usual} />
      </ContextBar>
      <Answered answer={answer} lines={16}>
        {(value) => <Found value={value} />}
      </Answered>
    </>
  );
}

function Found({ value }: { value: GetChangesResponse }) {
  const { href, value: chosen } = useContextOfPage();
  const known = { node: chosen("node"), since: chosen("since") };
  return (
    <Told value={value}>
      <Table
        caption="In the world, latest first"
        rows={value.worldChanges}
        first={60}
        rowKey={(row, index) => `${row.evidence} ${row.kind} ${index}`}
        empty="Nothing is known to have begun or ended in this time."
        columns={[
          {
            title: "When",
            cell: (row) => (
              <>
                <DateText date={row.date} />
                {row.dateUncertain && <span className="note"> or earlier</span>}
              </>
            ),
          },
          {
            title: "What",
            cell: (row) => (row.kind === WorldChangeKind.ENDED ? "ended" : "began"),
          },
          {
            title: "Statement",
            head: true,
            cell: (row) => (
              <>
                {withoutDate(row)}
                <Cite evidence={[row.evidence]} about={row.sentence} />
              </>
            ),
          },
        ]}
      />
      {chosen("revision") && (
        <Table
          caption="In the record"
          rows={value.recordedChanges}
          first={60}
          rowKey={(row) => `${row.name} ${row.revision}`}
          empty="Nothing about it was recorded since that revision."
          columns={[
            {
              title: "Recorded",
              cell: (row) =>
                row.commitTime &&
                new Date(Number(row.commitTime.seconds) * 1000).toISOString().slice(0, 10),
            },
            { title: "What", head: true, cell: (row) => row.sentence },
            { title: "Why", cell: (row) => row.reason },
          ]}
        />
      )}
      <p className="note">
        {counted(value.undatedStatements, "statement")} about it have no date;{" "}
        {value.measuredStatements} measure a period of years and are no changes.{" "}
        <Link to={href("/changes", { ...known, revision: value.revision })}>
          Keep this link to see what is recorded from now on
        </Link>
        .
      </p>
    </Told>
  );
}

// The date heads the row already.
function withoutDate(change: WorldChange): string {
  const date = change.date ? `${formatIso(change.date)}: ` : "";
  return date !== "" && change.sentence.startsWith(date)
    ? change.sentence.slice(date.length)
    : change.sentence;
}
