// Question 21: which agencies for gender equality appear in arms-control work.
import { AgencyPresence } from "@attlas/client/gen/attlas/cooperation/v1/contact_pb";
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { confidenceWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink, NodeLinks } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function GenderAgencies() {
  const { date } = useContextOfPage();
  const grouping = useChosen("among", "asean");
  const answer = useAnswer(CooperationService.method.getReach, {
    read: { asOf: date },
    grouping,
    agencyKind: "gender-equality",
    pageSize: 200,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="Region set" name="among" types={["grouping"]} fallback="asean" />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            <Table
              caption="Agencies for gender equality"
              rows={value.places.flatMap((place) =>
                place.agencies.map((part) => ({ place: place.place, part })),
              )}
              rowKey={(row) => row.part.agency?.name ?? ""}
              empty="No such agency is recorded."
              columns={[
                { title: "State", cell: (row) => <NodeLink node={row.place} /> },
                { title: "Agency", head: true, cell: (row) => <NodeLink node={row.part.agency} /> },
                {
                  title: "In arms-control work",
                  cell: (row) =>
                    row.part.presence === AgencyPresence.LINKED ? "appears" : "never appears",
                },
                { title: "Events", cell: (row) => <NodeLinks nodes={row.part.engagements} /> },
                {
                  title: "How sure",
                  cell: (row) =>
                    `${confidenceWord(row.part.confidence)}${row.part.leftOut ? ", not counted" : ""}`,
                },
                {
                  title: "Sources",
                  cell: (row) => (
                    <Cite evidence={row.part.evidence} about={row.part.agency?.displayName} />
                  ),
                },
              ]}
            />
            <p>
              <strong>No such agency is known of:</strong>{" "}
              <NodeLinks nodes={value.agencies?.placesWithout ?? []} none="none" />.
            </p>
          </Told>
        )}
      </Answered>
    </>
  );
}
