// Parties that are near to a state, and what they share with it.
import { BridgeOrder } from "@attlas/client/gen/attlas/synergy/v1/bridge_pb";
import type { Bridge } from "@attlas/client/gen/attlas/synergy/v1/bridge_pb";
import { SynergyService } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import type { FindBridgesResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { Answered } from "../../shared/AnswerState";
import { Cite } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { NodeChoice, TermChoice, useChosen } from "../../shared/fields";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { Table } from "../../shared/Table";
import { Title } from "../../shared/Title";
import { Told } from "../../shared/Told";
import "./bridges.css";

export default function Bridges() {
  const { target, date } = useContextOfPage();
  const state = useChosen("state", "IDN");
  const order = useChosen("order");
  const size = Number(useChosen("size", "10")) || 10;
  const answer = useAnswer(SynergyService.method.findBridges, {
    read: { asOf: date },
    state,
    target,
    order: order === "contact" ? BridgeOrder.CONTACT : BridgeOrder.SIMILARITY,
    pageSize: size,
    includeSources: true,
  });
  return (
    <>
      <Title
        window="Bridges"
        lead="Who takes part already and is near: alike in profile, in the same bodies, or once of the same concern."
      >
        Bridges
      </Title>
      <ContextBar target>
        <NodeChoice label="State" name="state" types={["state"]} fallback="IDN" />
        <TermChoice
          label="Order"
          name="order"
          none="Most alike first"
          options={[{ value: "contact", label: "Most contact first" }]}
        />
        <TermChoice
          label="How many"
          name="size"
          fallback="10"
          options={["10", "25", "50", "200"].map((value) => ({ value, label: value }))}
        />
      </ContextBar>
      <Answered answer={answer} lines={18}>
        {(value) => <Near value={value} />}
      </Answered>
    </>
  );
}

function Near({ value }: { value: FindBridgesResponse }) {
  const told = { ...value, nextPageToken: "" };
  return (
    <Told value={told}>
      <Table
        caption={`The nearest of ${value.parties} parties to ${value.target?.displayName}`}
        rows={value.bridges}
        rowKey={(row) => row.peer?.name ?? ""}
        empty="No party shares anything with it that is recorded."
        columns={[
          { title: "Party", head: true, cell: (row) => <NodeLink node={row.peer} /> },
          { title: "Joined", cell: (row) => <DateText date={row.joinedDate} none="not known" /> },
          { title: "Likeness", cell: (row) => <Likeness bridge={row} /> },
          {
            title: "Same bodies",
            cell: (row) => (
              <NodeLinks nodes={row.organizations.flatMap((one) => one.node ?? [])} none="none" />
            ),
          },
          { title: "Same events", align: "end", cell: (row) => row.events.length },
          {
            title: "Sources",
            cell: (row) => (
              <Cite
                evidence={[
                  ...row.evidence,
                  ...row.organizations.flatMap((one) => one.evidence),
                  ...row.events.flatMap((one) => one.evidence),
                ]}
                about={row.peer?.displayName}
              />
            ),
          },
        ]}
      />
      <Table
        caption="Parties that held a concern of the same theme"
        rows={value.sameConcern}
        first={15}
        rowKey={(row) => row.peer?.name ?? ""}
        empty="No party is known to have held such a concern."
        columns={[
          { title: "Party", head: true, cell: (row) => <NodeLink node={row.peer} /> },
          {
            title: "Themes",
            cell: (row) =>
              [...new Set(row.concerns.map((one) => one.concernTheme?.displayName))].join("; "),
          },
          {
            title: "Voiced before joining",
            cell: (row) =>
              row.concerns.some((one) => one.voicedBeforeJoining) ? "yes" : "no, or not known",
          },
          {
            title: "Sources",
            cell: (row) => (
              <Cite
                evidence={row.concerns.flatMap((one) => one.evidence)}
                about={row.peer?.displayName}
              />
            ),
          },
        ]}
      />
      <Table
        caption="Organizations between them"
        rows={value.organizations}
        first={15}
        rowKey={(row) => row.organization?.name ?? ""}
        empty="No organization is known to link it to parties."
        columns={[
          {
            title: "Organization",
            head: true,
            cell: (row) => <NodeLink node={row.organization} />,
          },
          { title: "Parties in it", align: "end", cell: (row) => row.parties.length },
          { title: "It belongs", cell: (row) => (row.stateBelongs ? "yes" : "no") },
          {
            title: "In words",
            cell: (row) => (
              <>
                {row.sentence}
                <Cite evidence={row.evidence} about={row.organization?.displayName} />
              </>
            ),
          },
        ]}
      />
    </Told>
  );
}

// The share of instruments that both take part in, as a bar with its numbers.
function Likeness({ bridge }: { bridge: Bridge }) {
  const shared = bridge.sharedInstruments.length;
  return (
    <span
      className="likeness"
      title={bridge.sharedInstruments.map((one) => one.displayName).join(", ")}
    >
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="8" className="likeness-room" />
        <rect width={100 * bridge.similarity} height="8" className="likeness-part" />
      </svg>
      <span className="number">
        {shared} of {bridge.eitherInstruments} instruments
      </span>
    </span>
  );
}
