// Events, organizations and assistance that reach the state.
import type { GetReachResponse } from "@attlas/client/gen/attlas/cooperation/v1/reach_pb";

import { termWord } from "../../lib/words";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { DateText } from "../../shared/DateText";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { OfferTable } from "../../shared/OfferTable";
import { Table } from "../../shared/Table";

export function Contacts({ value }: { value: GetReachResponse }) {
  const place = value.places[0];
  if (!place) return null;
  return (
    <Founds answer={value}>
      <p className="sentence">{place.sentence || value.sentence}</p>
      <Table
        caption="Events and activities in which it took part"
        rows={place.contacts}
        first={8}
        printAll
        rowKey={(row) => row.engagement?.name ?? ""}
        empty="No event or activity with it is recorded."
        columns={[
          { title: "Date", cell: (row) => <DateText date={row.startDate} /> },
          {
            title: "Event or activity",
            head: true,
            cell: (row) => <NodeLink node={row.engagement} />,
          },
          { title: "Kind", cell: (row) => termWord(row.term) },
          { title: "Organizers", cell: (row) => <NodeLinks nodes={row.organizers} /> },
          {
            title: "Sources",
            cell: (row) => <Cite evidence={row.evidence} about={row.engagement?.displayName} />,
          },
        ]}
      />
      <Table
        caption="Organizations that reach it or to which it belongs"
        rows={place.organizations}
        first={8}
        printAll
        printHalves
        rowKey={(row) => row.organization?.name ?? ""}
        empty="No organization is recorded."
        columns={[
          {
            title: "Organization",
            head: true,
            cell: (row) => <NodeLink node={row.organization} />,
          },
          { title: "Kind", screenOnly: true, cell: (row) => termWord(row.kind) },
          { title: "Its part", cell: (row) => row.parts.map(termWord).join(", ") },
          { title: "Events with it", align: "end", cell: (row) => row.organizedContacts },
          {
            title: "Sources",
            cell: (row) => <Cite evidence={row.evidence} about={row.organization?.displayName} />,
          },
        ]}
      />
      <OfferTable caption="Funds and assistance" offers={place.offers} />
      <Basis basis={value.basis} truncated={value.truncated} />
    </Founds>
  );
}
