// Question 14: the networks that connect states.
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

export default function Networks() {
  const { date } = useContextOfPage();
  const first = useChosen("state", "FJI");
  const second = useChosen("other", "VUT");
  const theme = useChosen("theme");
  const answer = useAnswer(CooperationService.method.findNetworks, {
    read: { asOf: date },
    states: first === second ? [first] : [first, second],
    theme,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="state" types={["state"]} fallback="FJI" />
        <NodeChoice label="Neighbour" name="other" types={["state"]} fallback="VUT" />
        <NodeChoice label="Theme" name="theme" types={["theme"]} none="All" />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            <Table
              caption="Networks"
              rows={value.networks}
              rowKey={(row) => row.organization?.name ?? ""}
              empty="No network connects them."
              columns={[
                {
                  title: "Network",
                  head: true,
                  cell: (row) => <NodeLink node={row.organization} />,
                },
                { title: "Kind", cell: (row) => termWord(row.kind) },
                {
                  title: "Connects",
                  cell: (row) => (
                    <>
                      <NodeLinks nodes={row.connected.flatMap((one) => one.place ?? [])} />
                      <Cite
                        evidence={row.connected.flatMap((one) => one.evidence)}
                        about={row.organization?.displayName}
                      />
                    </>
                  ),
                },
                {
                  title: "Not in it",
                  cell: (row) => <NodeLinks nodes={row.missing} none="none of them" />,
                },
                {
                  title: "Themes",
                  cell: (row) =>
                    [...new Set(row.themes.map((one) => one.theme?.displayName))].join("; "),
                },
              ]}
            />
            <Table
              caption="Offices that would use them"
              rows={value.offices.flatMap((office) =>
                office.agencies.map((part) => ({ place: office.place, part })),
              )}
              rowKey={(row) => row.part.agency?.name ?? ""}
              empty="No such office is recorded."
              columns={[
                { title: "State", cell: (row) => <NodeLink node={row.place} /> },
                { title: "Office", head: true, cell: (row) => <NodeLink node={row.part.agency} /> },
                { title: "Kind", cell: (row) => termWord(row.part.kind) },
                {
                  title: "Sources",
                  cell: (row) => (
                    <Cite evidence={row.part.evidence} about={row.part.agency?.displayName} />
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
