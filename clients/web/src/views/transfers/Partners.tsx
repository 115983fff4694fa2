// Who supplies a state, or whom it supplies.
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { termWord } from "../../lib/words";
import { Answered, Empty } from "../../shared/AnswerState";
import { ContextBar } from "../../shared/ContextBar";
import { EditionText } from "../../shared/EditionText";
import { NodeChoice, useChosen } from "../../shared/fields";
import { NodeLink } from "../../shared/Link";
import { PartnerTable } from "../../shared/PartnerTable";
import { ShareBar } from "../../shared/ShareBar";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";

const examples = { suppliers: "MMR", customers: "KOR" };

export function Partners({ side }: { side: "suppliers" | "customers" }) {
  const { target, date } = useContextOfPage();
  const state = useChosen("state", examples[side]);
  const dataset = useChosen("edition");
  const question = {
    read: { asOf: date },
    state,
    dataset,
    instrument: target,
    pageSize: 500,
    includeSources: true,
  };
  return (
    <>
      <ContextBar target>
        <NodeChoice label="State" name="state" types={["state"]} fallback={examples[side]} />
        <NodeChoice label="Edition" name="edition" types={["dataset"]} none="The latest" />
      </ContextBar>
      {side === "suppliers" ? <Suppliers question={question} /> : <Customers question={question} />}
    </>
  );
}

interface Question {
  read: { asOf: { year: number; month: number; day: number } | undefined };
  state: string;
  dataset: string;
  instrument: string;
  pageSize: number;
  includeSources: boolean;
}

function Suppliers({ question }: { question: Question }) {
  const answer = useAnswer(TransferService.method.getSuppliers, question);
  return (
    <Answered answer={answer} lines={14}>
      {(value) => {
        const importer = value.importer;
        if (!importer) return <Empty>The edition says nothing about its imports.</Empty>;
        return (
          <Told value={{ ...value, sentence: importer.sentence }}>
            <p>
              <NodeLink node={importer.status?.state} />:{" "}
              {importer.status && <StatusMark status={importer.status.status} />}
              {importer.rank !== undefined && `, importer no. ${importer.rank} of the world`}
            </p>
            {importer.shares && <ShareBar shares={importer.shares} />}
            <PartnerTable
              caption="Its suppliers"
              partners={importer.suppliers}
              empty="The edition names no supplier of it."
            />
            <Table
              caption="Conflict, measures and crime that touch it"
              rows={importer.contexts}
              rowKey={(row) => row.context?.name ?? ""}
              empty="None is recorded."
              columns={[
                { title: "Context", head: true, cell: (row) => row.context?.displayName },
                { title: "Kind", cell: (row) => termWord(row.kind) },
                { title: "When", cell: (row) => row.period },
                { title: "On the date", cell: (row) => (row.onDate ? "yes" : "no") },
              ]}
            />
            <EditionText edition={value.edition} />
          </Told>
        );
      }}
    </Answered>
  );
}

function Customers({ question }: { question: Question }) {
  const answer = useAnswer(TransferService.method.getCustomers, question);
  return (
    <Answered answer={answer} lines={14}>
      {(value) => (
        <Told value={value}>
          {value.shares && <ShareBar shares={value.shares} from="to" />}
          <PartnerTable
            caption="Its customers"
            partners={value.customers}
            empty="The edition names no customer of it."
          />
          <EditionText edition={value.edition} />
        </Told>
      )}
    </Answered>
  );
}
