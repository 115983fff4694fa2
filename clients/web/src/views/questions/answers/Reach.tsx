// Question 10: what reaches the states of a region set, and whom nobody reached.
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

export default function Reach() {
  const { date } = useContextOfPage();
  const grouping = useChosen("among", "asean");
  const theme = useChosen("theme");
  const answer = useAnswer(CooperationService.method.getReach, {
    read: { asOf: date },
    grouping,
    theme,
    pageSize: 200,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="Region set" name="among" types={["grouping"]} fallback="asean" />
        <NodeChoice label="Theme" name="theme" types={["theme"]} none="All" />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            <p>
              <strong>Reached by nobody:</strong> <NodeLinks nodes={value.unreached} none="none" />.
            </p>
            <Table
              caption="State by state"
              rows={value.places}
              rowKey={(row) => row.place?.name ?? ""}
              empty="The set has no places."
              columns={[
                { title: "State", head: true, cell: (row) => <NodeLink node={row.place} /> },
                { title: "Events", align: "end", cell: (row) => row.contacts.length },
                {
                  title: "Organizations that reached it",
                  cell: (row) => (
                    <NodeLinks
                      nodes={row.organizations
                        .filter((one) => one.organizedContacts > 0)
                        .flatMap((one) => one.organization ?? [])}
                      none="none"
                    />
                  ),
                },
                {
                  title: "In words",
                  cell: (row) => (
                    <>
                      {row.sentence}
                      <Cite
                        evidence={row.contacts.flatMap((one) => one.evidence)}
                        about={row.place?.displayName}
                      />
                    </>
                  ),
                },
              ]}
            />
            <Table
              caption="Organizations that could reach them and did not"
              rows={value.idleOrganizations}
              first={15}
              rowKey={(row) => row.organization?.name ?? ""}
              empty="Every organization that could reach them did."
              columns={[
                {
                  title: "Organization",
                  head: true,
                  cell: (row) => <NodeLink node={row.organization} />,
                },
                { title: "States in it", align: "end", cell: (row) => row.placesInIt },
                {
                  title: "Events elsewhere",
                  align: "end",
                  cell: (row) => row.engagementsElsewhere,
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
