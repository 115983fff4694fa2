// From the instruments of the state, through themes, to what the target asks. The table that
// follows it says the same.
import type { FindSynergiesResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { useMemo, useState } from "react";
import type { KeyboardEvent } from "react";

import { classWord } from "../../lib/words";
import { classLook, lookOf } from "../../shared/ClassMark";
import type { Flow, FlowLink, FlowNode } from "./flow";
import { joined, layFlow } from "./flow";

// The width of the drawing, in its own units; it scales to the room that there is.
const width = 1180;
const head = 34;
const columns = { instruments: 262, themesLeft: 452, themesRight: 770, provisions: 962 };

export function FlowPicture({ value }: { value: FindSynergiesResponse }) {
  const flow = useMemo(() => layFlow(value), [value]);
  const [pinned, setPinned] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const focus = pointed ?? pinned;
  const lit = useMemo(() => (focus ? joined(flow, focus) : undefined), [flow, focus]);
  const state = value.state?.displayName;
  const target = value.target?.displayName ?? "";

  const column = (
    nodes: readonly FlowNode[],
    draw: (node: FlowNode) => React.ReactNode,
    name: string,
  ) => (
    <g role="group" aria-label={name}>
      {nodes.map((node, index) => (
        <g
          key={node.name}
          role="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-pressed={pinned === node.name}
          aria-label={
            node.value === undefined ? node.label : `${node.label}: ${classWord(node.value)}`
          }
          className={`flow-node ${lit && !lit.has(node.name) ? "dim" : ""}`}
          transform={`translate(0 ${node.y + head})`}
          onClick={() => setPinned(pinned === node.name ? undefined : node.name)}
          onKeyDown={(event) =>
            press(event, () => setPinned(pinned === node.name ? undefined : node.name))
          }
          onPointerEnter={() => setPointed(node.name)}
          onPointerLeave={() => setPointed(undefined)}
          onFocus={() => setPointed(node.name)}
          onBlur={() => setPointed(undefined)}
        >
          {draw(node)}
        </g>
      ))}
    </g>
  );

  return (
    <figure className="flow">
      <svg
        viewBox={`0 0 ${width} ${flow.height + head + 8}`}
        role="group"
        aria-label={`From what ${state} takes part in to what ${target} asks. Up and down go from one to the next; the table below says the same.`}
      >
        <text x="0" y="14" className="flow-head">
          Takes part in
        </text>
        <text
          x={(columns.themesLeft + columns.themesRight) / 2}
          y="14"
          className="flow-head"
          textAnchor="middle"
        >
          Themes
        </text>
        <text x={columns.provisions + 14} y="14" className="flow-head">
          {target} asks
        </text>
        <g aria-hidden="true" transform={`translate(0 ${head})`}>
          <Links
            links={flow.commitments}
            from={columns.instruments}
            to={columns.themesLeft}
            lit={lit}
            strong
          />
          <Links links={flow.asks} from={columns.themesRight} to={columns.provisions} lit={lit} />
        </g>
        {column(
          flow.instruments,
          (node) => (
            <InstrumentLabel node={node} />
          ),
          "Instruments",
        )}
        {column(
          flow.themes,
          (node) => (
            <ThemeLabel node={node} />
          ),
          "Themes",
        )}
        {column(
          flow.provisions,
          (node) => (
            <ProvisionLabel node={node} target={target} />
          ),
          "Provisions",
        )}
      </svg>
      <figcaption className="note">
        A line is the nearest commitment of an instrument on a theme; fainter where another comes
        nearer. <LineKey flow={flow} />
      </figcaption>
    </figure>
  );
}

// Up and down go through a column; the space bar and the enter key hold what is lit.
function press(event: KeyboardEvent<SVGGElement>, pin: () => void): void {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    pin();
  }
  const node = event.currentTarget;
  const next =
    event.key === "ArrowDown"
      ? node.nextElementSibling
      : event.key === "ArrowUp"
        ? node.previousElementSibling
        : null;
  if (next instanceof SVGElement) {
    event.preventDefault();
    next.focus();
  }
}

function Links({
  links,
  from,
  to,
  lit,
  strong = false,
}: {
  links: readonly FlowLink[];
  from: number;
  to: number;
  lit: ReadonlySet<string> | undefined;
  strong?: boolean;
}) {
  const middle = (from + to) / 2;
  return (
    <>
      {links.map((link) => {
        const look = lookOf(link.value);
        const shown = !lit || (lit.has(link.from) && lit.has(link.to));
        return (
          <path
            key={`${link.from} ${link.to}`}
            className={`flow-link line-${look.kind} ${shown ? "" : "dim"} ${link.best ? "" : "second"}`}
            d={`M${from} ${link.fromY}C${middle} ${link.fromY} ${middle} ${link.toY} ${to} ${link.toY}`}
            strokeWidth={strong ? look.width : 1}
            strokeDasharray={strong ? look.dashes : undefined}
          />
        );
      })}
    </>
  );
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

function InstrumentLabel({ node }: { node: FlowNode }) {
  return (
    <>
      <rect x="0" y="-13" width={columns.instruments} height="26" rx="4" className="flow-box" />
      <text x="10" y="4.5">
        {cut(node.label, 33)}
      </text>
      <title>{node.label}</title>
    </>
  );
}

function ThemeLabel({ node }: { node: FlowNode }) {
  const look = classLook[node.value ?? 0] ?? classLook[0];
  return (
    <>
      <rect
        x={columns.themesLeft}
        y="-13"
        width={columns.themesRight - columns.themesLeft}
        height="26"
        rx="4"
        className="flow-box"
      />
      <path
        d={look.shape}
        fillRule="evenodd"
        className={`class-${look.kind}`}
        transform={`translate(${columns.themesLeft + 8} -7) scale(0.875)`}
      />
      <text x={columns.themesLeft + 30} y="4.5">
        {cut(node.label, 38)}
      </text>
      <title>{node.label}</title>
    </>
  );
}

function ProvisionLabel({ node, target }: { node: FlowNode; target: string }) {
  // All are of the target, whose name heads the column.
  const label = node.label.startsWith(`${target} `)
    ? node.label.slice(target.length + 1)
    : node.label;
  return (
    <>
      <rect
        x={columns.provisions}
        y="-8"
        width={width - columns.provisions}
        height="16"
        className="flow-touch"
      />
      <circle cx={columns.provisions + 3} r="3" className="flow-dot" />
      <text x={columns.provisions + 14} y="4" className="flow-small">
        {cut(label, 30)}
      </text>
      <title>{node.label}</title>
    </>
  );
}

// The strokes of the classes that occur.
function LineKey({ flow }: { flow: Flow }) {
  const values = [...new Set(flow.commitments.map((link) => link.value))].sort();
  return (
    <span className="line-key">
      {values.map((value) => {
        const look = lookOf(value);
        return (
          <span key={value}>
            <svg viewBox="0 0 36 6" width="36" height="6" aria-hidden="true">
              <path
                d="M0 3H36"
                className={`flow-link line-${look.kind}`}
                strokeWidth={look.width}
                strokeDasharray={look.dashes}
              />
            </svg>{" "}
            {classWord(value)}
          </span>
        );
      })}
    </span>
  );
}
