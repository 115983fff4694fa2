// The statements about a node, by their type.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";

import { useAnswer } from "../../api/use-answer";
import { sentenceOf } from "../../lib/sentences";
import { termWord } from "../../lib/words";
import { Cite, Founds } from "../../shared/citations/Citations";
import { useFounded } from "../../shared/citations/founded";
import { DateText } from "../../shared/DateText";
import { NodeLink } from "../../shared/Link";
import { Table } from "../../shared/Table";

export function Statements({
  about,
  edges,
  more,
}: {
  about: string;
  edges: readonly Edge[];
  more: boolean;
}) {
  const others = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))].sort();
  const nodes = useAnswer(
    GraphService.method.batchGetNodes,
    others.length > 0 ? { names: others.slice(0, 1000), allowMissing: true } : null,
  );
  const ontology = useAnswer(GraphService.method.getOntology, {});
  const founded = useFounded(edges);
  const labels = new Map(nodes.value?.nodes.map((node) => [node.name, node.displayName]));
  const patterns = new Map(
    ontology.value?.ontology?.edgeTypes.map((type) => [type.name, type.sentence]),
  );
  const types = [...new Set(edges.map((edge) => edge.type))].sort();

  return (
    <Founds answer={founded}>
      {types.map((type) => (
        <Table
          key={type}
          caption={termWord(type.toLowerCase())}
          rows={edges.filter((edge) => edge.type === type)}
          first={20}
          rowKey={(row) => row.name}
          empty=""
          columns={[
            {
              title: "Statement",
              head: true,
              cell: (row) => sentenceOf(row, patterns.get(row.type), labels),
            },
            {
              title: "With",
              cell: (row) => {
                const other = row.from === about ? row.to : row.from;
                return <NodeLink node={{ name: other, displayName: labels.get(other) ?? other }} />;
              },
            },
            { title: "From", cell: (row) => <DateText date={row.validFrom} /> },
            { title: "Until", cell: (row) => <DateText date={row.validTo} /> },
            { title: "Sources", cell: (row) => <Cite evidence={[row.name]} /> },
          ]}
        />
      ))}
      {more && <p className="warning">There are more statements than are shown.</p>}
    </Founds>
  );
}
