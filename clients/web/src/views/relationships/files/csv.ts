// The statements of the picture as a table (RFC 4180), one row a statement, with date and revision in
// every row, since a table has no other place for them.
import type { FileDocument } from "./document";

const columns = [
  "statement",
  "type",
  "from",
  "from_name",
  "to",
  "to_name",
  "qualifier",
  "sentence",
  "valid_from",
  "valid_to",
  "confidence",
  "marking",
  "sources",
  "source_titles",
  "source_urls",
  "locators",
  "as_of",
  "revision",
];

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// A cell of words. Programs for tables take a text that begins with one of these signs for a formula
// and run it; an apostrophe before it tells them that it is none.
export function cell(text: string): string {
  return quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

export function toCsv(document: FileDocument): string {
  const labels = new Map(document.nodes.map((node) => [node.name, node.displayName]));
  const sources = new Map(document.sources.map((source) => [source.name, source]));
  const rows = document.statements.map((statement) => {
    const cited = statement.citations.map((citation) => citation.source);
    const words = [
      statement.name,
      statement.type,
      statement.from,
      labels.get(statement.from) ?? "",
      statement.to,
      labels.get(statement.to) ?? "",
      statement.qualifier,
      statement.sentence,
      statement.validFrom,
      statement.validTo,
      statement.confidence,
      statement.marking,
      cited.join(";"),
      cited.map((name) => sources.get(name)?.title ?? "").join(";"),
      cited.map((name) => sources.get(name)?.url ?? "").join(";"),
      statement.citations.map((citation) => citation.locator).join(";"),
    ].map(cell);
    // A revision may begin with any of those signs, and stays what the service takes.
    return [...words, quoted(document.asOf), quoted(document.revision)];
  });
  return [columns, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}
