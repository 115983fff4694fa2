// The plan of a meeting: whom to invite, whom to bring in, what to table, what clashes.
import type { PlanConveningResponse } from "@attlas/client/gen/attlas/cooperation/v1/convening_pb";
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { useMemo } from "react";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import type { Day } from "../../lib/dates";
import { orderOf, today } from "../../lib/dates";
import { Answered } from "../../shared/AnswerState";
import { ContextBar } from "../../shared/ContextBar";
import { DateChoiceOf, NodeChoice, useChosen, useChosenDate } from "../../shared/fields";
import { NodeLinks } from "../../shared/Link";
import { Title } from "../../shared/Title";
import { Told } from "../../shared/Told";
import { Clashes, Invitees, Organizations, ToTable } from "./Parts";
import { monthsLater } from "./months";

export default function Convene() {
  const { date } = useContextOfPage();
  const theme = useChosen("theme", "stockpile-management");
  const grouping = useChosen("among", "asean");
  const usual = useMemo(() => monthsLater(today(), 3), []);
  const from = useChosenDate("from", usual) as Day;
  const until = useChosenDate("until");
  const ordered = !until || orderOf(until) >= orderOf(from);
  const whole = from.day > 0 && (!until || until.day > 0);
  const answer = useAnswer(
    CooperationService.method.planConvening,
    ordered && whole
      ? {
          read: { asOf: date },
          theme,
          grouping,
          startDate: from,
          endDate: until,
          includeSources: true,
        }
      : null,
  );
  return (
    <>
      <Title
        window="Convening planner"
        lead="A meeting on a theme for a region: whom to invite, what to table, what is on at the same time."
      >
        Convening planner
      </Title>
      <ContextBar>
        <NodeChoice label="Theme" name="theme" types={["theme"]} fallback="stockpile-management" />
        <NodeChoice label="Region set" name="among" types={["grouping"]} fallback="asean" />
        <DateChoiceOf label="First day" name="from" fallback={usual} />
        <DateChoiceOf label="Last day" name="until" />
      </ContextBar>
      {!ordered && <p className="field-wrong">The last day lies before the first.</p>}
      {!whole && <p className="field-wrong">A meeting needs days: write them as 2026-02-03.</p>}
      {ordered && whole && (
        <Answered answer={answer} lines={20}>
          {(value) => <Plan value={value} />}
        </Answered>
      )}
    </>
  );
}

function Plan({ value }: { value: PlanConveningResponse }) {
  return (
    <Told value={value}>
      <p className="no-print">
        <button type="button" onClick={() => window.print()}>
          Print, or save as PDF
        </button>
      </p>
      <p className={value.withoutGenderEqualityOffice.length > 0 ? "warning" : undefined}>
        <strong>No office for gender equality is known of:</strong>{" "}
        <NodeLinks nodes={value.withoutGenderEqualityOffice} none="none" />.
      </p>
      <Clashes value={value} />
      <Invitees value={value} />
      <Organizations value={value} />
      <ToTable value={value} />
    </Told>
  );
}
