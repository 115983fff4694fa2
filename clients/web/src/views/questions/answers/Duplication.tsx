// Question 11: different organizers at work on the same theme in the same place.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink, NodeLinks } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function Duplication() {
  const { date } = useContextOfPage();
  const state = useChosen("state", "PHL");
  const theme = useChosen("theme");
  const answer = useAnswer(CooperationService.method.findDuplication, {
    read: { asOf: date },
    state,
    theme,
    pageSize: 200,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="state" types={["state"]} fallback="PHL" />
        <NodeChoice label="Theme" name="theme" types={["theme"]} none="All" />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            <Table
              caption={`Work within ${value.windowDays} days of other work on the same subject`}
              rows={value.overlaps}
              first={30}
              rowKey={(row) => `${row.place?.name} ${row.topic?.name}`}
              empty="No work of different organizers on the same subject is recorded near in time."
              columns={[
                { title: "Place", cell: (row) => <NodeLink node={row.place} /> },
                { title: "Subject", head: true, cell: (row) => row.topic?.displayName },
                { title: "Organizers", cell: (row) => <NodeLinks nodes={row.organizers} /> },
                {
                  title: "In words",
                  cell: (row) => (
                    <>
                      {row.sentence}
                      <Cite
                        evidence={row.contacts.flatMap((one) => one.evidence)}
                        about={row.topic?.displayName}
                      />
                    </>
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
