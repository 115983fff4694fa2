// A table that is read by eye and by screen reader, and becomes a list of cards where it is narrow.
import { useState } from "react";
import type { Key, ReactNode } from "react";

import { Empty } from "./AnswerState";

export interface Column<R> {
  title: string;
  cell: (row: R) => ReactNode;
  // Numbers stand right.
  align?: "end";
  // Heads its row.
  head?: boolean;
  // Left out on paper, which has less room.
  screenOnly?: boolean;
}

const classesOf = <R,>(column: Column<R>): string | undefined =>
  [column.align, column.screenOnly && "no-print"].filter(Boolean).join(" ") || undefined;

// The roles repeat what the elements say, since a browser drops it from elements laid out as cards.
export function Table<R>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  first = Infinity,
  printAll,
  printHalves,
  unseenCaption,
}: {
  caption: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R, index: number) => Key;
  // What to say where there are no rows.
  empty: ReactNode;
  // How many rows are shown before one asks for all.
  first?: number;
  // Whether paper has all rows all the same.
  printAll?: boolean;
  // Whether its rows are so short that paper has them in two halves, side by side.
  printHalves?: boolean;
  // Leaves the caption to screen readers, where a heading says the same.
  unseenCaption?: boolean;
}) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  const folded = !all && rows.length > first;
  const shown = folded && !printAll ? rows.slice(0, first) : rows;
  return (
    <div className={printHalves ? "table-room print-halves" : "table-room"}>
      <table role="table">
        <caption className={unseenCaption ? "unseen" : undefined}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.title} role="columnheader" scope="col" className={classesOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((row, index) => (
            <tr
              key={rowKey(row, index)}
              role="row"
              className={folded && index >= first ? "folded" : undefined}
            >
              {columns.map((column) =>
                column.head ? (
                  <th key={column.title} role="rowheader" scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.title}
                    role="cell"
                    className={classesOf(column)}
                    data-title={column.title}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {folded && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          Show all {rows.length}
        </button>
      )}
    </div>
  );
}
