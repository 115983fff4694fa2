// The nodes of the picture as a list beside it: all that a pointer does in the picture, the keyboard
// does here. Only the rows in sight are made, however many there are.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";

import { Glyph } from "./Glyph";
import type { Element } from "./model/compose";
import { lookOf, orderOfType } from "./model/looks";

const rowHeight = 40;
const beyond = 6;

export interface ElementActions {
  choose: (name: string) => void;
  toggle: (name: string) => void;
  pin: (name: string) => void;
  drop: (name: string) => void;
  nudge: (name: string, by: { x: number; y: number }) => void;
}

export function byTypeAndName(one: Element, other: Element): number {
  const types = orderOfType(one.node.type) - orderOfType(other.node.type);
  return types || one.node.displayName.localeCompare(other.node.displayName, "en");
}

const steps: Record<string, { x: number; y: number }> = {
  ArrowUp: { x: 0, y: -20 },
  ArrowDown: { x: 0, y: 20 },
  ArrowLeft: { x: -20, y: 0 },
  ArrowRight: { x: 20, y: 0 },
};

export function ElementList({
  elements,
  chosen,
  actions,
}: {
  elements: readonly Element[];
  chosen: string;
  actions: ElementActions;
}) {
  const id = useId();
  const room = useRef<HTMLDivElement>(null);
  const clicked = useRef("");
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const rows = useMemo(() => [...elements].sort(byTypeAndName), [elements]);
  const at = rows.findIndex((row) => row.name === chosen);

  useEffect(() => {
    const box = room.current;
    if (!box) return undefined;
    const size = new ResizeObserver(() => setHeight(box.clientHeight));
    size.observe(box);
    return () => size.disconnect();
  }, []);
  useEffect(() => {
    const box = room.current;
    // What was clicked is in sight, and stays under the pointer for a second click.
    if (!box || at < 0 || clicked.current === chosen) return;
    const start = at * rowHeight;
    if (start < box.scrollTop) box.scrollTop = start;
    if (start + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = start + rowHeight - box.clientHeight;
  }, [at, chosen]);

  const go = (to: number): void => {
    clicked.current = "";
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row) actions.choose(row.name);
  };
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (event.shiftKey && step && chosen) actions.nudge(chosen, step);
    else if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at < 0 ? 0 : at - 1);
    else if (event.key === "PageDown") go(at + page);
    else if (event.key === "PageUp") go(at - page);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows.length - 1);
    else if (event.key === "Enter" && chosen) actions.toggle(chosen);
    else if (event.key === "p" && chosen) actions.pin(chosen);
    else if (event.key === "Delete" && chosen) {
      const next = rows[at + 1] ?? rows[at - 1];
      actions.drop(chosen);
      actions.choose(next?.name ?? "");
    } else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - beyond, rows.length));
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + beyond);
  // The active row is there even where it is scrolled away, since the list points at it.
  const shown = rows.slice(first, last).map((row, index) => ({ row, index: first + index }));
  if (at >= 0 && (at < first || at >= last)) shown.push({ row: rows[at] as Element, index: at });
  return (
    <>
      <p className="note relations-keys" id={`${id}-keys`}>
        Arrow keys go through the list; Enter expands, P pins, Delete removes, Shift with an arrow
        moves.
      </p>
      <div
        ref={room}
        className="relations-list"
        role="listbox"
        tabIndex={0}
        aria-label="Nodes of the picture"
        aria-describedby={`${id}-keys`}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={press}
        onFocus={(event) => at < 0 && event.currentTarget.matches(":focus-visible") && go(0)}
      >
        <div
          role="presentation"
          className="relations-rows"
          style={{ height: rows.length * rowHeight }}
        >
          {shown.map(({ row, index }) => (
            <div
              key={row.name}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="relations-row"
              style={{ top: index * rowHeight, height: rowHeight }}
              onClick={() => {
                clicked.current = row.name;
                actions.choose(row.name);
              }}
              onDoubleClick={() => actions.toggle(row.name)}
            >
              <Glyph type={row.node.type} />
              <span className="relations-row-name">{row.node.displayName || row.name}</span>
              <span className="relations-row-note">
                {lookOf(row.node.type).one}
                {row.opened && ", expanded"}
                {row.pinned && ", pinned"}
              </span>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
