// The tables behind the picture: what it shows, for those who read it. They are made when they are
// opened, since there may be thousands of rows.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { useState } from "react";

import { confidenceOf } from "../../lib/statements";
import { confidenceWord } from "../../lib/words";
import { Table } from "../../shared/Table";
import { byTypeAndName } from "./ElementList";
import type { Shown } from "./model/filters";
import { lookOf } from "./model/looks";
import { periodOf } from "./words";

const firstRows = 100;

export function Behind({ shown, speak }: { shown: Shown; speak: (edge: Edge) => string }) {
  const [open, setOpen] = useState(false);
  const links = new Map<string, number>();
  if (open) {
    for (const edge of shown.edges) {
      for (const end of [edge.from, edge.to]) links.set(end, (links.get(end) ?? 0) + 1);
    }
  }
  return (
    <details
      className="relations-behind"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        The picture as tables: {shown.elements.length} nodes, {shown.edges.length} statements
      </summary>
      {open && (
        <>
          <Table
            caption="Nodes of the picture"
            rows={[...shown.elements].sort(byTypeAndName)}
            rowKey={(row) => row.name}
            empty="The picture has no nodes."
            first={firstRows}
            columns={[
              { title: "Node", head: true, cell: (row) => row.node.displayName || row.name },
              { title: "Type", cell: (row) => lookOf(row.node.type).one },
              { title: "Name in the graph", cell: (row) => <code>{row.name}</code> },
              { title: "Statements", align: "end", cell: (row) => links.get(row.name) ?? 0 },
            ]}
          />
          <Table
            caption="Statements of the picture"
            rows={shown.edges}
            rowKey={(row) => row.name}
            empty="The picture has no statements."
            first={firstRows}
            columns={[
              { title: "Statement", head: true, cell: (row) => speak(row) },
              { title: "Holds", cell: periodOf },
              { title: "Confidence", cell: (row) => confidenceWord(confidenceOf(row)) },
            ]}
          />
        </>
      )}
    </details>
  );
}
