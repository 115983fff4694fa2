// From whom the state imports arms, and which share comes from parties.
import type { GetSuppliersResponse } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";

import { Empty } from "../../shared/AnswerState";
import { Basis } from "../../shared/Basis";
import { Founds } from "../../shared/citations/Citations";
import { EditionText } from "../../shared/EditionText";
import { PartnerTable } from "../../shared/PartnerTable";
import { ShareBar } from "../../shared/ShareBar";

export function Imports({ value }: { value: GetSuppliersResponse }) {
  const importer = value.importer;
  if (!importer) return <Empty>The edition says nothing about its imports.</Empty>;
  return (
    <Founds answer={value}>
      <p className="sentence">{importer.sentence}</p>
      {importer.shares && <ShareBar shares={importer.shares} />}
      <PartnerTable
        caption="Suppliers that the edition names"
        partners={importer.suppliers}
        empty="The edition names no supplier of it."
      />
      <EditionText edition={value.edition} />
      <Basis basis={value.basis} truncated={value.truncated} coverage={value.coverage} />
    </Founds>
  );
}
