// What the supposed acts would change.
import type { SimulateParticipationResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";

import { ClassBar, ClassMark } from "../../shared/ClassMark";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";

export function Outcome({ value }: { value: SimulateParticipationResponse }) {
  const target = value.target?.displayName ?? "";
  return (
    <Told value={value}>
      <section className="told">
        <h2>Themes of {target} now</h2>
        <ClassBar
          totals={value.totalsBefore}
          label={`Themes of ${target} by the nearest commitment now`}
        />
        <h2>Themes of {target} then</h2>
        <ClassBar
          totals={value.totalsAfter}
          label={`Themes of ${target} by the nearest commitment then`}
        />
      </section>
      <Table
        caption="Its own status"
        rows={value.statuses}
        rowKey={(row) => row.instrument?.name ?? ""}
        empty="No status changes."
        columns={[
          { title: "Instrument", head: true, cell: (row) => <NodeLink node={row.instrument} /> },
          { title: "Now", cell: (row) => <StatusMark status={row.before} /> },
          { title: "Then", cell: (row) => <StatusMark status={row.after} /> },
        ]}
      />
      <Table
        caption="Themes that change"
        rows={value.classChanges}
        rowKey={(row) => row.theme?.name ?? ""}
        empty="No theme changes its class."
        columns={[
          { title: "Theme", head: true, cell: (row) => row.theme?.displayName },
          { title: "Now", cell: (row) => <ClassMark value={row.before} /> },
          { title: "Then", cell: (row) => <ClassMark value={row.after} /> },
          { title: "By", cell: (row) => <NodeLinks nodes={row.instruments} /> },
        ]}
      />
      <Table
        caption="Themes gained or lost, over all instruments"
        rows={[
          ...value.gainedThemes.map((effect) => ({ effect, word: "gained" })),
          ...value.lostThemes.map((effect) => ({ effect, word: "lost" })),
        ]}
        rowKey={(row) => `${row.word} ${row.effect.theme?.name}`}
        empty="No theme is gained or lost altogether."
        columns={[
          { title: "Theme", head: true, cell: (row) => row.effect.theme?.displayName },
          { title: "Change", cell: (row) => row.word },
          { title: "By", cell: (row) => <NodeLinks nodes={row.effect.instruments} /> },
        ]}
      />
      <Table
        caption="Counts of regions, by deposit"
        rows={value.regions}
        rowKey={(row) => `${row.grouping?.name} ${row.instrument?.name}`}
        empty="No count changes."
        columns={[
          {
            title: "Region set",
            head: true,
            cell: (row) => row.grouping?.displayName || "All states",
          },
          { title: "Instrument", cell: (row) => row.instrument?.displayName },
          {
            title: "Parties now",
            align: "end",
            cell: (row) => `${row.before?.parties} of ${row.before?.size}`,
          },
          {
            title: "Then",
            align: "end",
            cell: (row) => `${row.after?.parties} of ${row.after?.size}`,
          },
        ]}
      />
    </Told>
  );
}
