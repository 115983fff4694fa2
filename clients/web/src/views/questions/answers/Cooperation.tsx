// Question 4: which agencies of a state already work together.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { termWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink, NodeLinks } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

export default function Cooperation() {
  const { date } = useContextOfPage();
  const state = useChosen("state", "PHL");
  const apartFrom = useChosen("apart");
  const answer = useAnswer(CooperationService.method.findCooperation, {
    read: { asOf: date },
    state,
    apartFrom,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="state" types={["state"]} fallback="PHL" />
        <NodeChoice label="Apart from" name="apart" types={["instrument"]} none="no instrument" />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => (
          <Told value={value}>
            <Table
              caption="Agencies that hold roles under instruments"
              rows={value.agencies}
              rowKey={(row) => row.agency?.name ?? ""}
              empty="No agency of it is known to hold a role under an instrument."
              columns={[
                { title: "Agency", head: true, cell: (row) => <NodeLink node={row.agency} /> },
                { title: "Kind", cell: (row) => termWord(row.kind) },
                {
                  title: "Instruments and roles",
                  cell: (row) =>
                    row.instruments.map((one) => (
                      <span key={one.instrument?.name} className="line-item">
                        {one.instrument?.displayName}:{" "}
                        {one.roles.map((role) => role.displayName).join(", ")}
                        <Cite evidence={one.evidence} about={row.agency?.displayName} />
                      </span>
                    )),
                },
                { title: "Beside", cell: (row) => <NodeLinks nodes={row.partners} none="none" /> },
              ]}
            />
            <Table
              caption="Instruments under which they meet"
              rows={value.instruments}
              rowKey={(row) => row.instrument?.name ?? ""}
              empty="They meet under no instrument."
              columns={[
                {
                  title: "Instrument",
                  head: true,
                  cell: (row) => <NodeLink node={row.instrument} />,
                },
                { title: "Agencies", align: "end", cell: (row) => row.agencies },
                { title: "In words", cell: (row) => row.sentence },
              ]}
            />
            <Table
              caption="Bodies that coordinate"
              rows={value.bodies}
              rowKey={(row) => row.agency?.name ?? ""}
              empty="No body is known to coordinate them."
              columns={[
                { title: "Body", head: true, cell: (row) => <NodeLink node={row.agency} /> },
                {
                  title: "Joins",
                  cell: (row) => (
                    <NodeLinks nodes={row.joined.flatMap((one) => one.agency ?? [])} none="none" />
                  ),
                },
                {
                  title: "In words",
                  cell: (row) => (
                    <>
                      {row.sentence}
                      <Cite evidence={row.evidence} about={row.agency?.displayName} />
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
