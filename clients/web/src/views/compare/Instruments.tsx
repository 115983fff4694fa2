// The matrix of themes of an instrument and others.
import { Strength } from "@attlas/client/gen/attlas/instruments/v1/instrument_pb";
import { GoodsRelation } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import type { ThemeCell } from "@attlas/client/gen/attlas/synergy/v1/comparison_pb";
import type { CompareInstrumentsResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { SynergyService } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";

import { useDirectory } from "../../api/directory";
import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { strengthWord, termWord } from "../../lib/words";
import { Answered, Empty } from "../../shared/AnswerState";
import { Choice } from "../../shared/Choice";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { NodeLink } from "../../shared/Link";
import type { Column } from "../../shared/Table";
import { Table } from "../../shared/Table";
import { Told } from "../../shared/Told";
import "./compare.css";

const example = ["unpoa", "global-framework-ammunition", "unscr-1540"];
const most = 8;

export function Instruments() {
  const { target, date, values, change } = useContextOfPage();
  const directory = useDirectory("instrument");
  const given = values("with");
  const others = (given.length > 0 ? given : example).filter(
    (id) => id !== target && id !== "none",
  );
  const answer = useAnswer(
    SynergyService.method.compareInstruments,
    others.length > 0
      ? { read: { asOf: date }, instrument: target, others, includeSources: true }
      : null,
  );
  const setOthers = (next: readonly string[]): void =>
    change({ with: next.length > 0 ? next : ["none"] });
  return (
    <>
      <ContextBar
        target
        more={
          <Choice
            label="Set beside it"
            value=""
            none={others.length < most ? "Add an instrument" : `No more than ${most}`}
            options={
              others.length < most
                ? directory.entries
                    .filter((entry) => entry.id !== target && !others.includes(entry.id))
                    .map((entry) => ({ value: entry.id, label: entry.label }))
                : []
            }
            change={(id) => id && setOthers([...others, id])}
          />
        }
      />
      <ul className="chips no-print" aria-label="Set beside it">
        {others.map((id) => (
          <li key={id} className="chip">
            {directory.label(id)}
            <button
              type="button"
              className="quiet"
              aria-label={`Remove ${directory.label(id)}`}
              onClick={() => setOthers(others.filter((one) => one !== id))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {others.length === 0 ? (
        <Empty>Nothing stands beside {directory.label(target)}: add an instrument above.</Empty>
      ) : (
        <Answered answer={answer} lines={20}>
          {(value) => <Matrix value={value} />}
        </Answered>
      )}
    </>
  );
}

const goodsWords: Record<GoodsRelation, string> = {
  [GoodsRelation.UNSPECIFIED]: "",
  [GoodsRelation.SAME]: "the same goods",
  [GoodsRelation.GENERAL]: "not about goods",
  [GoodsRelation.OTHER]: "other goods",
};

function Matrix({ value }: { value: CompareInstrumentsResponse }) {
  const base = value.instrument?.displayName ?? "";
  const columns: Column<(typeof value.themes)[number]>[] = [
    { title: "Theme", head: true, cell: (row) => row.theme?.displayName },
    { title: base, cell: (row) => <Cell cell={row.base} name={base} /> },
    ...value.columns.map((column, index): Column<(typeof value.themes)[number]> => {
      const name = column.instrument?.displayName ?? "";
      return { title: name, cell: (row) => <Cell cell={row.others[index]} name={name} /> };
    }),
  ];
  return (
    <Told value={value}>
      <Table
        caption={`Beside ${base}`}
        rows={value.columns}
        rowKey={(row) => row.instrument?.name ?? ""}
        empty="No instrument stands beside it: add one."
        columns={[
          { title: "Instrument", head: true, cell: (row) => <NodeLink node={row.instrument} /> },
          { title: "Shared themes", align: "end", cell: (row) => row.sharedThemes },
          { title: "Only it", align: "end", cell: (row) => row.ownThemes },
          { title: `Only ${base}`, align: "end", cell: (row) => row.missingThemes },
          {
            title: "Goods",
            cell: (row) =>
              `${goodsWords[row.goods] ?? ""}${row.sharedGoods.length > 0 ? `: ${row.sharedGoods.map(termWord).join(", ")}` : ""}`,
          },
          {
            title: "Addresses all UN members",
            cell: (row) => (row.addressesAllMembers ? "yes" : "no"),
          },
        ]}
      />
      <Table
        caption="Theme by theme, shared ones first"
        rows={value.themes}
        rowKey={(row) => row.theme?.name ?? ""}
        empty="None of them has provisions that are recorded."
        columns={columns}
      />
    </Told>
  );
}

// What an instrument says on a theme: filled for binding, half for political, open for voluntary.
function Cell({ cell, name }: { cell: ThemeCell | undefined; name: string }) {
  if (!cell || cell.provisions.length === 0) return <span className="note">–</span>;
  const evidence = cell.provisions.flatMap((one) => one.evidence);
  const labels = cell.provisions.map((one) => {
    const label = one.provision?.displayName ?? "";
    return label.startsWith(`${name} `) ? label.slice(name.length + 1) : label;
  });
  return (
    <span title={cell.provisions.map((one) => one.paraphrase).join("\n")}>
      <span className="marked">
        <StrengthShape strength={cell.strength} />
        {strengthWord(cell.strength)}
      </span>
      <span className="line-item note">
        {labels.slice(0, 3).join("; ")}
        {labels.length > 3 && ` and ${labels.length - 3} more`}
        <Cite evidence={evidence} about={name} />
      </span>
    </span>
  );
}

const shapes: Record<Strength, string> = {
  [Strength.UNSPECIFIED]: "",
  [Strength.BINDING]: "M2 2h12v12H2z",
  [Strength.POLITICAL]: "M8 1 15 8 8 15 1 8z",
  [Strength.VOLUNTARY]: "M8 2 15 14H1z",
};
const kinds: Record<Strength, string> = {
  [Strength.UNSPECIFIED]: "new",
  [Strength.BINDING]: "binding",
  [Strength.POLITICAL]: "political",
  [Strength.VOLUNTARY]: "voluntary",
};

function StrengthShape({ strength }: { strength: Strength }) {
  return (
    <svg
      className={`mark class-${kinds[strength] ?? "new"}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={shapes[strength] ?? ""} />
    </svg>
  );
}
