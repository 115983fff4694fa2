// How many of the largest exporters and importers are in a region set, edition by edition.
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";
import type { CountInRegionResponse } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";
import { TransferDirection } from "@attlas/client/gen/attlas/transfers/v1/transfers_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered, Empty } from "../../shared/AnswerState";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { NodeLinks } from "../../shared/Link";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";

const sides: Record<TransferDirection, string> = {
  [TransferDirection.UNSPECIFIED]: "",
  [TransferDirection.EXPORT]: "exporters",
  [TransferDirection.IMPORT]: "importers",
};

export function Counts() {
  const { target, region, date } = useContextOfPage();
  const answer = useAnswer(
    TransferService.method.countInRegion,
    region === ""
      ? null
      : { read: { asOf: date }, groupings: [region], instrument: target, includeSources: true },
  );
  return (
    <>
      <ContextBar target region />
      {region === "" ? (
        <Empty>Choose a region set to count over.</Empty>
      ) : (
        <Answered answer={answer} lines={14}>
          {(value) => <Counted value={value} />}
        </Answered>
      )}
    </>
  );
}

function Counted({ value }: { value: CountInRegionResponse }) {
  const edition = (name: string): string =>
    value.editions.find((one) => one.dataset?.name === name)?.dataset?.displayName ?? name;
  return (
    <Told value={value}>
      {value.regionSets.map((set) => (
        <p key={set.grouping?.name} className="note">
          {set.grouping?.displayName}: {set.definition}
        </p>
      ))}
      <Table
        caption="Counts, edition by edition"
        rows={value.counts}
        rowKey={(row) => `${row.dataset} ${row.direction} ${row.grouping?.name}`}
        empty="No edition was published by the date."
        columns={[
          { title: "Edition", head: true, cell: (row) => edition(row.dataset) },
          {
            title: "Count",
            cell: (row) => `${row.count} of ${row.ranked} ${sides[row.direction]}`,
          },
          { title: "UN members", align: "end", cell: (row) => row.unMemberCount },
          { title: "Parties", align: "end", cell: (row) => row.partyCount },
          {
            title: "Who",
            cell: (row) => (
              <>
                {row.places
                  .map((place) => `${place.place?.displayName} (${place.rank})`)
                  .join(", ")}
                <Cite
                  evidence={row.places.flatMap((place) => place.evidence)}
                  about={edition(row.dataset)}
                />
              </>
            ),
          },
        ]}
      />
      <Table
        caption="Published counts beside ours"
        rows={value.counts.flatMap((count) =>
          count.published.map((published) => ({ count, published })),
        )}
        rowKey={(row) => `${row.count.dataset} ${row.published.name}`}
        empty="No published count is of this set and edition."
        columns={[
          { title: "Published", head: true, cell: (row) => row.published.statement },
          { title: "Number", cell: (row) => `${row.published.value} of ${row.published.total}` },
          {
            title: "Ours",
            cell: (row) =>
              row.published.matchesAll
                ? "the same"
                : row.published.matchesUnMembers
                  ? "the same, of UN members"
                  : `differs: ${row.count.count}`,
          },
          { title: "Why", cell: (row) => row.published.explanation },
        ]}
      />
      <Table
        caption="What differs between editions"
        rows={value.changes}
        rowKey={(row) => `${row.fromDataset} ${row.toDataset} ${row.direction}`}
        empty="There is but one edition."
        columns={[
          { title: "Whom", head: true, cell: (row) => sides[row.direction] },
          { title: "Entered", cell: (row) => <NodeLinks nodes={row.entered} none="none" /> },
          { title: "Left", cell: (row) => <NodeLinks nodes={row.left} none="none" /> },
          {
            title: "Difference",
            align: "end",
            cell: (row) => (row.difference > 0 ? `+${row.difference}` : row.difference),
          },
        ]}
      />
    </Told>
  );
}
