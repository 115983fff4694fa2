// What is said of a publication, beside why it matters.
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { useId } from "react";

import { useAnswer } from "../../api/use-answer";
import { TextField } from "./fields";

export interface Publication {
  kind: string;
  url: string;
}

export const noPublication: Publication = { kind: "", url: "" };

export function EvidenceFields({
  publication,
  change,
}: {
  publication: Publication;
  change: (publication: Publication) => void;
}) {
  const id = useId();
  // The ontology is the same for everybody, and kept like any public answer.
  const { value } = useAnswer(GraphService.method.getOntology, {});
  const terms =
    value?.ontology?.taxonomies.find((one) => one.name === "evidence_kind")?.terms ?? [];
  return (
    <>
      <div className="field">
        <label htmlFor={id}>What kind of publication</label>
        <select
          id={id}
          value={publication.kind}
          required
          autoComplete="off"
          onChange={(event) => change({ ...publication, kind: event.target.value })}
        >
          <option value="">Choose</option>
          {terms.map((term) => (
            <option key={term.id} value={term.id}>
              {term.displayName}
            </option>
          ))}
        </select>
      </div>
      <TextField
        label="Where it is to be found (may be empty)"
        type="url"
        value={publication.url}
        change={(url) => change({ ...publication, url })}
        most={2000}
        hint="An address that begins with https:// or http://."
      />
    </>
  );
}
