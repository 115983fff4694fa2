// Footnotes: every fact carries the numbers of its sources, which open what it rests on.
import { useCallback, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";

import { formatNumbers, sourcesOf } from "../../lib/citations";
import { Book, CitingContext, useCiting } from "./book";
import type { Founded } from "./book";
import { Drawer } from "./Drawer";

// Gathers the citations of a view, which stands within.
export function Citations({ children }: { children: ReactNode }) {
  const [edition, setEdition] = useState(0);
  const [opened, setOpened] = useState<readonly string[] | undefined>();
  const renumber = useCallback(() => setEdition((count) => count + 1), []);
  // A new edition is a new book: the view cites from the first number again.
  const citing = useMemo(
    () => ({ book: new Book(edition), open: setOpened, renumber }),
    [edition, renumber],
  );
  return (
    <CitingContext.Provider value={citing}>
      {children}
      {opened && <Drawer evidence={opened} close={() => setOpened(undefined)} />}
    </CitingContext.Provider>
  );
}

// Lets the facts within cite what `answer` rests on.
export function Founds({ answer, children }: { answer: Founded; children: ReactNode }) {
  const { book, renumber } = useCiting();
  book.add(answer);
  // Whatever came late stands where it belongs once all is numbered anew.
  useEffect(renumber, [answer, renumber]);
  return <>{children}</>;
}

// The sources of a fact, as numbers that open them.
export function Cite({ evidence, about }: { evidence: readonly string[]; about?: string }) {
  const { book, open } = useCiting();
  const numbers = sourcesOf(evidence, book.statements).map((source) =>
    book.numbering.numberOf(source),
  );
  if (numbers.length === 0) return null;
  const text = formatNumbers(numbers);
  return (
    <button
      type="button"
      className="cite"
      onClick={() => open(evidence)}
      aria-label={`Sources ${text}${about ? ` of: ${about}` : ""}`}
      title="Show what this rests on"
    >
      {text}
    </button>
  );
}

// An address as paper shows it: what one would write into a browser.
const plainAddress = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, "");

// The numbered list of all sources that the view cites; it ends the view and its print.
export function SourceList() {
  const { book } = useCiting();
  const names = book.numbering.sources();
  if (names.length === 0) return null;
  return (
    <section className="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">Sources</h2>
      <ol>
        {names.map((name) => {
          const source = book.sources.get(name);
          return (
            <li key={name}>
              {source?.url ? (
                <a href={source.url} target="_blank" rel="noreferrer">
                  {source.title || name}
                </a>
              ) : (
                source?.title || name
              )}
              {source?.url && (
                <span className="print-only address"> {plainAddress(source.url)}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
