// What the facts of a view rest on, gathered from all answers that it shows.
import type { Source, Statement } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { createContext, useContext } from "react";

import { Numbering } from "../../lib/citations";

// The part of every domain answer that says where it comes from.
export interface Founded {
  statements: readonly Statement[];
  sources: readonly Source[];
}

export class Book {
  readonly numbering = new Numbering();
  readonly statements = new Map<string, Statement>();
  readonly sources = new Map<string, Source>();
  private readonly known = new WeakSet<Founded>();

  constructor(readonly edition: number) {}

  add(answer: Founded): void {
    if (this.known.has(answer)) return;
    this.known.add(answer);
    for (const statement of answer.statements) this.statements.set(statement.name, statement);
    for (const source of answer.sources) this.sources.set(source.name, source);
  }
}

export interface Citing {
  book: Book;
  // Opens what `evidence` rests on.
  open: (evidence: readonly string[]) => void;
  // Numbers all sources anew, in the order in which the view now cites them.
  renumber: () => void;
}

export const CitingContext = createContext<Citing | undefined>(undefined);

export function useCiting(): Citing {
  const citing = useContext(CitingContext);
  if (!citing) throw new Error("a citation stands outside of Citations");
  return citing;
}
