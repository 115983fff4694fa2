// Who takes part in an instrument: the first thing that a reader sees.
import type { GetStatusResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { CountBy } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import type { StatusCounts } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { useCallback, useEffect, useMemo, useState } from "react";

import { textOf, useDirectory, useRegions } from "../../api/directory";
import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import type { Day } from "../../lib/dates";
import { formatIso, monthsBetween, orderOf, today } from "../../lib/dates";
import { pathOf } from "../../lib/names";
import { countsOn, partySteps, statusesOn } from "../../lib/timeline";
import { countByWord } from "../../lib/words";
import { Answered, Failure } from "../../shared/AnswerState";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { TermChoice, useChosen } from "../../shared/fields";
import { NodeLink } from "../../shared/Link";
import { StatusLegend, StatusMark } from "../../shared/StatusMark";
import { Table } from "../../shared/Table";
import { Title } from "../../shared/Title";
import { countsByStatus, leading, nounOf } from "../../shared/counts";
import { RegionMap } from "./RegionMap";
import type { MapState } from "./RegionMap";
import { TimeSlider } from "./TimeSlider";
import "./start.css";

const firstDay: Day = { year: 2013, month: 1, day: 1 };

export default function Start() {
  return (
    <>
      <Title
        window=""
        lead="Which state takes part in which commitment on arms since when, and what follows from it."
      >
        An atlas of arms‑control commitments
      </Title>
      <ContextBar
        target
        region
        more={
          <TermChoice
            label="Counted by"
            name="by"
            none="Deposit"
            options={[{ value: "force", label: "Entry into force" }]}
          />
        }
      />
      <Participation />
    </>
  );
}

function Participation() {
  const { target, region, date, change } = useContextOfPage();
  const end = useMemo(() => today(), []);
  const days = useMemo(() => monthsBetween(firstDay, end), [end]);
  // While the date is dragged or plays it is not yet part of the address.
  const [moving, setMoving] = useState<Day>();
  const shown = moving ?? date ?? end;
  const settle = useCallback(() => {
    if (!moving) return;
    change({ date: orderOf(moving) === orderOf(end) ? undefined : moving }, { replace: true });
  }, [moving, change, end]);
  useEffect(() => setMoving(undefined), [date]);

  const question = { instrument: target, grouping: region, countBy: useCountBy() };
  const timeline = useAnswer(InstrumentService.method.getStatusTimeline, {
    ...question,
    read: { asOf: end },
  });
  const atEnd = useAnswer(InstrumentService.method.getStatus, {
    ...question,
    read: { asOf: end },
    includeSources: true,
  });
  const onDate = useAnswer(InstrumentService.method.getStatus, {
    ...question,
    read: { asOf: date ?? end },
    includeSources: true,
  });

  const statuses = useMemo(() => {
    if (!timeline.value || !atEnd.value) return undefined;
    const now = new Map(atEnd.value.states.map((one) => [one.state?.name ?? "", one.status]));
    return statusesOn(timeline.value.changes, now, shown);
  }, [timeline.value, atEnd.value, shown]);
  const counts =
    timeline.value && countsOn(timeline.value.changes, timeline.value.countsBefore, shown);
  const states = useMapStates(atEnd.value, statuses);
  const fault = timeline.fault ?? atEnd.fault;

  return (
    <div>
      {fault && <Failure fault={fault} retry={timeline.fault ? timeline.retry : atEnd.retry} />}
      <CountLine counts={counts} answer={atEnd.value} date={shown} />
      <section
        className="participation"
        aria-label="Participation"
        aria-busy={timeline.loading || atEnd.loading}
      >
        <RegionMap
          states={states}
          whole={region === ""}
          label={`Map: how states stand towards ${atEnd.value?.instrument?.displayName ?? target}. Arrow keys go from state to state.`}
        />
        <TimeSlider
          days={days}
          date={shown}
          pick={setMoving}
          settle={settle}
          line={
            timeline.value
              ? partySteps(
                  timeline.value.changes,
                  timeline.value.countsBefore?.parties ?? 0,
                  firstDay,
                )
              : []
          }
          size={counts?.size ?? 1}
        />
        <p className="note map-note">
          Borders and names take no side in any dispute: they are those of Natural Earth, a public
          map. Land without a colour is no state of this set or has no code of its own there. Marks
          stand for states that are too small to be seen.
        </p>
      </section>
      <section className="section" aria-labelledby="states-title">
        <h2 id="states-title">The states</h2>
        <Answered answer={onDate} lines={16}>
          {(value) => <States value={value} />}
        </Answered>
      </section>
    </div>
  );
}

// By which date a state becomes a party.
function useCountBy(): CountBy {
  return useChosen("by") === "force" ? CountBy.IN_FORCE : CountBy.DEPOSIT;
}

function CountLine({
  counts,
  answer,
  date,
}: {
  counts: StatusCounts | undefined;
  answer: GetStatusResponse | undefined;
  date: Day;
}) {
  const { region } = useContextOfPage();
  const regions = useRegions();
  if (!counts || !answer) return <div className="count-line" aria-hidden="true" />;
  const lead = leading(counts);
  return (
    <div className="count-line">
      <p className="count-sentence" data-count={`${lead.count} of ${counts.size}`}>
        {counts.unknown > 0 && "At least "}
        <strong>
          {lead.count} of {counts.size}
        </strong>{" "}
        <span>
          {nounOf(lead)}{" "}
          {lead.status === 1
            ? `to ${answer.instrument?.displayName}, ${countByWord(answer.countBy)}, `
            : `by ${answer.instrument?.displayName}, `}
          <DateText date={date} long />
        </span>
        <span className="count-region">
          {region ? regions.label(region) : "All states"}
          {answer.groupingDefinition && (
            <>
              {" ("}
              <a href="#set">how this set is defined</a>
              {")"}
            </>
          )}
        </span>
      </p>
      <StatusLegend counts={countsByStatus(counts)} />
    </div>
  );
}

// The states with where they are on the map.
function useMapStates(
  answer: GetStatusResponse | undefined,
  statuses: ReadonlyMap<string, MapState["status"]> | undefined,
): MapState[] {
  const { href } = useContextOfPage();
  const places = useDirectory("state", "economy", "territory");
  return useMemo(() => {
    const codes = new Map(places.entries.map((entry) => [entry.name, textOf(entry.node, "m49")]));
    return (answer?.states ?? []).flatMap(({ state, status }) => {
      const code = codes.get(state?.name ?? "");
      if (!state || !code) return [];
      return {
        name: state.name,
        label: state.displayName,
        code,
        status: statuses?.get(state.name) ?? status,
        address: href(pathOf(state.name)),
      };
    });
  }, [answer, statuses, places.entries, href]);
}

function States({ value }: { value: GetStatusResponse }) {
  return (
    <Founds answer={value}>
      {value.groupingDefinition && (
        <p className="note" id="set">
          <strong>{value.grouping?.displayName}</strong>: {value.groupingDefinition}
        </p>
      )}
      <Table
        caption={`How states stand on ${value.basis?.asOf ? formatIso(value.basis.asOf) : "the date"}`}
        rows={value.states}
        first={60}
        rowKey={(row) => row.state?.name ?? ""}
        empty="No state is in this set."
        columns={[
          { title: "State", head: true, cell: (row) => <NodeLink node={row.state} /> },
          { title: "Status", cell: (row) => <StatusMark status={row.status} /> },
          { title: "Signed", cell: (row) => <DateText date={row.signedDate} /> },
          { title: "Deposited", cell: (row) => <DateText date={row.depositDate} /> },
          { title: "In force", cell: (row) => <DateText date={row.inForceDate} /> },
          {
            title: "Sources",
            cell: (row) => <Cite evidence={row.evidence} about={row.state?.displayName} />,
          },
        ]}
      />
      <Basis basis={value.basis} coverage={value.coverage} truncated={value.truncated} />
    </Founds>
  );
}
