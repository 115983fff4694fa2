// What the state takes part in, and where it stands outside.
import type { GetStateProfileResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import type { InstrumentStatus } from "@attlas/client/gen/attlas/instruments/v1/profile_pb";
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

import { termWord } from "../../lib/words";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { DateText } from "../../shared/DateText";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";

const apart = new Set([ParticipationStatus.OUTSIDE, ParticipationStatus.UNKNOWN]);

export function Participation({ value }: { value: GetStateProfileResponse }) {
  const of = (status: ParticipationStatus) =>
    value.instruments
      .filter((one) => one.status?.status === status)
      .flatMap((one) => one.instrument ?? []);
  const taken = value.instruments.filter((one) => one.status && !apart.has(one.status.status));
  return (
    <Founds answer={value}>
      <Table
        caption="Instruments in which it takes part"
        rows={taken}
        first={12}
        printAll
        printHalves
        rowKey={(row) => row.instrument?.name ?? ""}
        empty="It takes part in no instrument that is recorded here."
        columns={[
          { title: "Instrument", head: true, cell: (row) => <NodeLink node={row.instrument} /> },
          { title: "Kind", screenOnly: true, cell: (row) => termWord(row.kind) },
          {
            title: "Status",
            cell: (row) => row.status && <StatusMark status={row.status.status} />,
          },
          {
            title: "Signed",
            screenOnly: true,
            cell: (row) => <DateText date={row.status?.signedDate} />,
          },
          { title: "Joined", cell: (row) => <Joined row={row} /> },
          { title: "In force", cell: (row) => <DateText date={row.status?.inForceDate} /> },
          {
            title: "Sources",
            cell: (row) => (
              <Cite evidence={row.status?.evidence ?? []} about={row.instrument?.displayName} />
            ),
          },
        ]}
      />
      <p>
        <strong>Outside:</strong> <NodeLinks nodes={of(ParticipationStatus.OUTSIDE)} none="none" />.
      </p>
      <p>
        <strong>Not known, as the list is not complete:</strong>{" "}
        <NodeLinks nodes={of(ParticipationStatus.UNKNOWN)} none="none" />.
      </p>
      <Basis basis={value.basis} truncated={value.truncated} />
    </Founds>
  );
}

function Joined({ row }: { row: InstrumentStatus }) {
  return (
    <>
      <DateText date={row.status?.depositDate} />{" "}
      {row.status?.undated && <span className="note">no date</span>}
    </>
  );
}
