// What happened when: participation, events and concerns in one order.
import type { GetStateProfileResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { useMemo } from "react";

import { Cite, Founds } from "../../shared/citations/Citations";
import { DateText } from "../../shared/DateText";
import { Table } from "../../shared/Table";
import { momentsOf } from "./timeline";
import type { Moment } from "./timeline";

export function Timeline({ value }: { value: GetStateProfileResponse }) {
  const moments = useMemo(() => momentsOf(value), [value]);
  return (
    <Founds answer={value}>
      <Years moments={moments} />
      <div className="no-print">
        <Table
          caption="Dated facts, latest first"
          rows={moments}
          first={10}
          rowKey={(row, index) => `${row.kind} ${row.text} ${index}`}
          empty="Nothing of it has a date."
          columns={[
            { title: "Date", cell: (row) => <DateText date={row.date} /> },
            { title: "What", head: true, cell: (row) => row.text },
            { title: "Kind", cell: (row) => row.kind },
            { title: "Sources", cell: (row) => <Cite evidence={row.evidence} about={row.text} /> },
          ]}
        />
      </div>
    </Founds>
  );
}

const rows: readonly { label: string; kinds: readonly Moment["kind"][] }[] = [
  { label: "Signed", kinds: ["signed"] },
  { label: "Joined", kinds: ["joined", "member"] },
  { label: "In force", kinds: ["in force"] },
  { label: "Events", kinds: ["event"] },
  { label: "Concerns", kinds: ["concern"] },
];

// One row a kind, one mark a fact, over the years.
function Years({ moments }: { moments: readonly Moment[] }) {
  const years = moments.map((moment) => moment.date.year);
  if (years.length === 0) return null;
  const first = Math.floor(Math.min(...years) / 10) * 10;
  const last = Math.max(...years) + 1;
  const x = (moment: Moment): number =>
    110 +
    (860 * (moment.date.year + Math.max(moment.date.month - 1, 0) / 12 - first)) / (last - first);
  const decades = Array.from(
    { length: Math.ceil((last - first) / 10) },
    (_, index) => first + index * 10,
  );
  return (
    <svg
      className="years"
      viewBox="0 0 1000 170"
      role="img"
      aria-label="The facts of the table below, over the years"
    >
      {decades.map((year) => {
        const at = 110 + (860 * (year - first)) / (last - first);
        return (
          <g key={year}>
            <path d={`M${at} 4V140`} className="years-line" />
            <text x={at} y="160" textAnchor="middle">
              {year}
            </text>
          </g>
        );
      })}
      {rows.map((row, index) => (
        <g key={row.label} transform={`translate(0 ${index * 28 + 16})`}>
          <text x="0" y="5">
            {row.label}
          </text>
          {moments
            .filter((moment) => row.kinds.includes(moment.kind))
            .map((moment, at) => (
              <circle
                key={at}
                cx={x(moment)}
                r="5.5"
                className={`years-mark years-${row.kinds[0]?.replace(" ", "-")}`}
              >
                <title>{moment.text}</title>
              </circle>
            ))}
        </g>
      ))}
    </svg>
  );
}
