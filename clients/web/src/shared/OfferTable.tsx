// Funds and assistance, and whether they are open to a place.
import type { AssistanceOffer } from "@attlas/client/gen/attlas/cooperation/v1/reach_pb";
import { Eligibility } from "@attlas/client/gen/attlas/cooperation/v1/reach_pb";

import { Cite } from "./citations/Citations";
import { NodeLink } from "./Link";
import { Table } from "./Table";

const words: Record<Eligibility, string> = {
  [Eligibility.UNSPECIFIED]: "not said",
  [Eligibility.OPEN]: "open",
  [Eligibility.FOR_GIVER_TO_JUDGE]: "for the giver to judge",
  [Eligibility.NOT_OPEN]: "not open",
  [Eligibility.UNKNOWN]: "not known",
};

export function OfferTable({
  caption,
  offers,
}: {
  caption: string;
  offers: readonly AssistanceOffer[];
}) {
  return (
    <Table
      caption={caption}
      rows={offers}
      first={8}
      printAll
      rowKey={(row) => `${row.giver?.name} ${row.instrument?.name}`}
      empty="No fund or assistance is recorded."
      columns={[
        { title: "Giver", head: true, cell: (row) => <NodeLink node={row.giver} /> },
        { title: "For", cell: (row) => row.instrument?.displayName },
        { title: "Open to it", cell: (row) => words[row.eligibility] ?? "" },
        {
          title: "Why",
          cell: (row) => (
            <>
              <span className="offer-sentence">{row.sentence}</span>
              <Cite evidence={row.evidence} about={row.giver?.displayName} />
            </>
          ),
        },
      ]}
    />
  );
}
