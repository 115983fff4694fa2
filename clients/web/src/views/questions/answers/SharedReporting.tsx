// Question 16: which duties to report one collection of data can serve.
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import type { StateReportingDuty } from "@attlas/client/gen/attlas/instruments/v1/report_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { statusWord, strengthWord, termWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { DateText } from "../../../shared/DateText";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function SharedReporting() {
  const { target, date } = useContextOfPage();
  const state = useChosen("state", "PHL");
  const answer = useAnswer(InstrumentService.method.findSharedReporting, {
    read: { asOf: date },
    state,
    target,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice label="State" name="state" types={["state"]} fallback="PHL" />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            {value.shared.map((subject) => (
              <section key={subject.content} className="told">
                <h2>{termWord(subject.content)}</h2>
                <p>{subject.sentence}</p>
                {subject.sameDaySentences.map((sentence) => (
                  <p key={sentence}>{sentence}</p>
                ))}
                <Duties
                  caption={`Duties on ${termWord(subject.content)}`}
                  duties={subject.duties}
                />
              </section>
            ))}
            <Duties caption="Duties that are alone with their subject" duties={value.alone} />
          </Told>
        )}
      </Answered>
    </>
  );
}

function Duties({ caption, duties }: { caption: string; duties: readonly StateReportingDuty[] }) {
  return (
    <Table
      caption={caption}
      rows={duties}
      rowKey={(row) => row.duty?.duty?.name ?? ""}
      empty="None."
      columns={[
        { title: "Duty", head: true, cell: (row) => row.duty?.duty?.displayName },
        { title: "Instrument", cell: (row) => <NodeLink node={row.duty?.instrument} /> },
        { title: "Asked for", cell: (row) => row.duty && strengthWord(row.duty.strength) },
        { title: "The state is", cell: (row) => statusWord(row.status) },
        { title: "Carried", cell: (row) => (row.carried ? "now" : "with the target") },
        { title: "Next due", cell: (row) => <DateText date={row.nextDueDate} /> },
        {
          title: "Sources",
          cell: (row) => (
            <Cite evidence={row.duty?.evidence ?? []} about={row.duty?.duty?.displayName} />
          ),
        },
      ]}
    />
  );
}
