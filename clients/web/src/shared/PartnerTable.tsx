// Suppliers or customers of a state, with how they stand and what touches them.
import type { TradePartner } from "@attlas/client/gen/attlas/transfers/v1/transfers_pb";

import { termWord } from "../lib/words";
import { Cite } from "./citations/Citations";
import { NodeLink } from "./Link";
import { percent } from "./ShareBar";
import { StatusMark } from "./StatusMark";
import { Table } from "./Table";

const share = (value: number | undefined) => (value === undefined ? "not named" : percent(value));

export function PartnerTable({
  caption,
  partners,
  empty,
}: {
  caption: string;
  partners: readonly TradePartner[];
  empty: string;
}) {
  return (
    <Table
      caption={caption}
      rows={partners}
      rowKey={(row) => row.partner?.name ?? ""}
      empty={empty}
      columns={[
        { title: "Partner", head: true, cell: (row) => <NodeLink node={row.partner} /> },
        { title: "Status", cell: (row) => row.status && <StatusMark status={row.status.status} /> },
        { title: "Of the imports", align: "end", cell: (row) => share(row.shareOfImportsPct) },
        { title: "Of the exports", align: "end", cell: (row) => share(row.shareOfExportsPct) },
        {
          title: "Conflict, measures, crime",
          cell: (row) =>
            row.contexts
              .map((context) => `${context.context?.displayName} (${termWord(context.kind)})`)
              .join("; "),
        },
        {
          title: "Sources",
          cell: (row) => <Cite evidence={row.evidence} about={row.partner?.displayName} />,
        },
      ]}
    />
  );
}
