// How two states stand towards every instrument.
import type { GetStateProfileResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import type { StateStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered } from "../../shared/AnswerState";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { NodeChoice, TermChoice, useChosen } from "../../shared/fields";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { pairs } from "./pairs";

export function States() {
  const { date } = useContextOfPage();
  const one = useChosen("one", "IDN");
  const other = useChosen("other", "PHL");
  const ask = (state: string) => ({ read: { asOf: date }, state, includeSources: true });
  const first = useAnswer(InstrumentService.method.getStateProfile, ask(one));
  const second = useAnswer(InstrumentService.method.getStateProfile, ask(other));
  return (
    <>
      <ContextBar>
        <NodeChoice label="State" name="one" types={["state"]} fallback="IDN" />
        <NodeChoice label="Beside" name="other" types={["state"]} fallback="PHL" />
        <TermChoice
          label="Show"
          name="rows"
          none="Every instrument"
          options={[
            { value: "differ", label: "where they differ" },
            { value: "same", label: "where they stand alike" },
          ]}
        />
      </ContextBar>
      <Answered answer={first} lines={20}>
        {(left) => (
          <Answered answer={second} lines={20}>
            {(right) => <Pair left={left} right={right} />}
          </Answered>
        )}
      </Answered>
    </>
  );
}

function Pair({ left, right }: { left: GetStateProfileResponse; right: GetStateProfileResponse }) {
  const rows = useChosen("rows");
  const all = pairs(left, right);
  const shown = all.filter((pair) =>
    rows === "same" ? pair.same : rows === "differ" ? !pair.same && !pair.unknown : true,
  );
  const bodies = new Set(right.organizations.map((one) => one.body?.name));
  const shared = left.organizations.flatMap((one) =>
    bodies.has(one.body?.name) && one.body ? [one.body] : [],
  );
  const names = [left.state?.displayName ?? "", right.state?.displayName ?? ""] as const;
  return (
    <Founds answer={left}>
      <Founds answer={right}>
        <p className="sentence">
          Of {all.length} instruments {names[0]} and {names[1]} stand alike towards{" "}
          {all.filter((pair) => pair.same).length}, and differently towards{" "}
          {all.filter((pair) => !pair.same && !pair.unknown).length}; of{" "}
          {all.filter((pair) => pair.unknown).length} it is not known how one of them stands.
        </p>
        <p>
          <strong>Organizations of both:</strong> <NodeLinks nodes={shared} none="none" />.
        </p>
        <Table
          caption="Instrument by instrument"
          rows={shown}
          rowKey={(row) => row.instrument.name}
          empty="No instrument is such."
          columns={[
            { title: "Instrument", head: true, cell: (row) => <NodeLink node={row.instrument} /> },
            { title: names[0], cell: (row) => <Standing status={row.left} /> },
            { title: names[1], cell: (row) => <Standing status={row.right} /> },
          ]}
        />
        <Basis basis={left.basis} truncated={left.truncated || right.truncated} />
      </Founds>
    </Founds>
  );
}

function Standing({ status }: { status: StateStatus }) {
  return (
    <>
      <StatusMark status={status.status} />{" "}
      <DateText date={status.depositDate ?? status.signedDate} />
      <Cite evidence={status.evidence} about={status.state?.displayName} />
    </>
  );
}
