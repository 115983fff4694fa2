// Statements in words.
import { termWord } from "./words";

export interface SpokenStatement {
  type: string;
  from: string;
  to: string;
}

// A statement as a sentence, by the pattern of its type, such as `{from} signed {to}.`; without
// one, by the name of the type.
export function sentenceOf(
  statement: SpokenStatement,
  pattern: string | undefined,
  labels: ReadonlyMap<string, string>,
): string {
  const label = (name: string): string => labels.get(name) || name;
  const form = pattern || `{from} ${termWord(statement.type.toLowerCase())} {to}.`;
  return form.replaceAll("{from}", label(statement.from)).replaceAll("{to}", label(statement.to));
}
