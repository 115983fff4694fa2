// Which share of imports comes from parties, whose duties then already apply to it.
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered } from "../../shared/AnswerState";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { EditionText } from "../../shared/EditionText";
import { NodeChoice, useChosen } from "../../shared/fields";
import { NodeLink } from "../../shared/Link";
import { percent } from "../../shared/ShareBar";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";

export function Exposure() {
  const { target, region, date } = useContextOfPage();
  const dataset = useChosen("edition");
  const answer = useAnswer(TransferService.method.getExposure, {
    read: { asOf: date },
    instrument: target,
    grouping: region,
    dataset,
    pageSize: 500,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target region>
        <NodeChoice label="Edition" name="edition" types={["dataset"]} none="The latest" />
      </ContextBar>
      <Answered answer={answer} lines={18}>
        {(value) => (
          <Told value={value}>
            <EditionText edition={value.edition} />
            <Table
              caption={`Importers that are no parties to ${value.instrument?.displayName}`}
              rows={value.importers}
              first={40}
              rowKey={(row) => row.status?.state?.name ?? ""}
              empty="No importer of this set is named by the edition."
              columns={[
                {
                  title: "Importer",
                  head: true,
                  cell: (row) => <NodeLink node={row.status?.state} />,
                },
                {
                  title: "Status",
                  cell: (row) => row.status && <StatusMark status={row.status.status} />,
                },
                { title: "Rank", align: "end", cell: (row) => row.rank ?? "" },
                {
                  title: "From parties",
                  align: "end",
                  cell: (row) => (row.shares ? percent(row.shares.partyPct) : "not known"),
                },
                {
                  title: "At most",
                  align: "end",
                  cell: (row) => (row.shares ? percent(row.shares.partyAtMostPct) : ""),
                },
                {
                  title: "From whom",
                  cell: (row) => (
                    <>
                      {row.suppliers.map((one) => one.partner?.displayName).join(", ")}
                      <Cite
                        evidence={[
                          ...row.evidence,
                          ...row.suppliers.flatMap((one) => one.evidence),
                        ]}
                        about={row.status?.state?.displayName}
                      />
                    </>
                  ),
                },
              ]}
            />
            <Table
              caption={`What ${value.instrument?.displayName} asks of a party before a transfer`}
              rows={value.duties}
              first={12}
              rowKey={(row) => `${row.provision?.name} ${row.theme?.name}`}
              empty="No such provision is recorded."
              columns={[
                { title: "Provision", head: true, cell: (row) => row.provision?.displayName },
                {
                  title: "What it asks",
                  cell: (row) => (
                    <>
                      {row.paraphrase}
                      <Cite evidence={row.evidence} about={row.provision?.displayName} />
                    </>
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
