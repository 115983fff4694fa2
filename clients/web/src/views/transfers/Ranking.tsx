// The largest exporters or importers of an edition.
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";
import { TransferDirection } from "@attlas/client/gen/attlas/transfers/v1/transfers_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered } from "../../shared/AnswerState";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { EditionText } from "../../shared/EditionText";
import { NodeChoice, TermChoice, useChosen } from "../../shared/fields";
import { NodeLink } from "../../shared/Link";
import { percent } from "../../shared/ShareBar";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";

export function Ranking() {
  const { target, region, date } = useContextOfPage();
  const dataset = useChosen("edition");
  const side = useChosen("side", "import");
  const answer = useAnswer(TransferService.method.getRanking, {
    read: { asOf: date },
    direction: side === "export" ? TransferDirection.EXPORT : TransferDirection.IMPORT,
    dataset,
    grouping: region,
    instrument: target,
    pageSize: 500,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target region>
        <TermChoice
          label="Who"
          name="side"
          fallback="import"
          options={[
            { value: "import", label: "Importers" },
            { value: "export", label: "Exporters" },
          ]}
        />
        <NodeChoice label="Edition" name="edition" types={["dataset"]} none="The latest" />
      </ContextBar>
      <Answered answer={answer} lines={18}>
        {(value) => (
          <Told value={value}>
            <EditionText edition={value.edition} />
            <Table
              caption="By rank in the world"
              rows={value.places}
              first={40}
              rowKey={(row) => row.place?.name ?? ""}
              empty="The edition ranks none of this set."
              columns={[
                { title: "Rank", align: "end", cell: (row) => row.rank },
                { title: "Place", head: true, cell: (row) => <NodeLink node={row.place} /> },
                {
                  title: "Status",
                  cell: (row) => row.status && <StatusMark status={row.status.status} />,
                },
                {
                  title: "Share of the world",
                  align: "end",
                  cell: (row) => (row.sharePct === undefined ? "" : percent(row.sharePct)),
                },
                {
                  title: "Change",
                  align: "end",
                  cell: (row) => (row.changePct === undefined ? "" : percent(row.changePct)),
                },
                {
                  title: "Sources",
                  cell: (row) => <Cite evidence={row.evidence} about={row.place?.displayName} />,
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
