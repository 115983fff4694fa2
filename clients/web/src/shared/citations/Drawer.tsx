// What a fact rests on: the statements, since when they hold, and each source with how sure it is.
import type { Citation } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import type { Statement } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { useEffect, useRef } from "react";

import { useAnswer } from "../../api/use-answer";
import { sentenceOf } from "../../lib/sentences";
import { confidenceNote, confidenceWord } from "../../lib/words";
import { DateText } from "../DateText";
import { useCiting } from "./book";

export function Drawer({ evidence, close }: { evidence: readonly string[]; close: () => void }) {
  const { book } = useCiting();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const statements = evidence.flatMap((name) => book.statements.get(name) ?? []);
  const names = [...new Set(statements.flatMap((one) => [one.from, one.to]))];
  const nodes = useAnswer(
    GraphService.method.batchGetNodes,
    names.length > 0 ? { names, allowMissing: true } : null,
  );
  const ontology = useAnswer(GraphService.method.getOntology, {});
  const labels = new Map(nodes.value?.nodes.map((node) => [node.name, node.displayName]));
  const sentences = new Map(
    ontology.value?.ontology?.edgeTypes.map((type) => [type.name, type.sentence]),
  );

  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="drawer-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="drawer-content">
        <header className="drawer-head">
          <h2 id="drawer-title">What this rests on</h2>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <ul className="statements">
          {statements.map((statement) => (
            <li key={statement.name}>
              <p className="statement">
                {sentenceOf(statement, sentences.get(statement.type), labels)}
              </p>
              <Validity statement={statement} />
              <ul className="citations">
                {statement.citations.map((citation, index) => (
                  <li key={index}>
                    <CitationText citation={citation} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </div>
    </dialog>
  );
}

function Validity({ statement }: { statement: Statement }) {
  const { validFrom, validTo } = statement;
  if (!validFrom && !validTo) return <p className="note">No date is known.</p>;
  return (
    <p className="note">
      {validFrom && (
        <>
          From <DateText date={validFrom} long />
        </>
      )}
      {validTo && (
        <>
          {validFrom ? " until " : "Until "}
          <DateText date={validTo} long />
        </>
      )}
    </p>
  );
}

function CitationText({ citation }: { citation: Citation }) {
  const { book } = useCiting();
  const source = book.sources.get(citation.source);
  const title = source?.title || citation.source;
  return (
    <>
      <span className="cite-number">{book.numbering.numberOf(citation.source)}</span>{" "}
      {source?.url ? (
        <a href={source.url} target="_blank" rel="noreferrer">
          {title}
        </a>
      ) : (
        title
      )}
      {citation.locator && <>, {citation.locator}</>}
      {citation.retrieved && (
        <>
          , as of <DateText date={citation.retrieved} />
        </>
      )}
      <span className="note citation-grade">
        {confidenceWord(citation.confidence)}: {confidenceNote(citation.confidence)}
        {citation.note && <>; {citation.note}</>}
      </span>
    </>
  );
}
