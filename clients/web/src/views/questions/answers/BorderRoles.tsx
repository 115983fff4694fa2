// Question 20: whom a resolution addresses, and who holds the roles that it needs at borders.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { statusWord } from "../../../lib/words";
import { Answered } from "../../../shared/AnswerState";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { RoleMap } from "../../../shared/RoleMap";
import { StatusLegend } from "../../../shared/StatusMark";
import { countsByStatus } from "../../../shared/counts";

export default function BorderRoles() {
  const { date, region } = useContextOfPage();
  const state = useChosen("state", "VNM");
  const instrument = useChosen("instrument", "unscr-1718");
  const theme = useChosen("theme", "border-control");
  const read = { asOf: date };
  const roles = useAnswer(CooperationService.method.getRoleMap, {
    read,
    state,
    instrument,
    themes: theme ? [theme] : [],
    includeSources: true,
  });
  const status = useAnswer(InstrumentService.method.getStatus, {
    read,
    instrument,
    grouping: region,
    countsOnly: true,
  });
  return (
    <>
      <ContextBar region>
        <NodeChoice label="State" name="state" types={["state"]} fallback="VNM" />
        <NodeChoice
          label="Instrument"
          name="instrument"
          types={["instrument"]}
          fallback="unscr-1718"
        />
        <NodeChoice label="Theme" name="theme" types={["theme"]} fallback="border-control" />
      </ContextBar>
      <Answered answer={status} lines={2}>
        {(value) => (
          <>
            <p className="sentence">
              {value.counts?.addressed === value.counts?.size
                ? `All ${value.counts?.size} states of this set are ${statusWord(5)} by ${value.instrument?.displayName}.`
                : `How the ${value.counts?.size} states of this set stand towards ${value.instrument?.displayName}:`}
            </p>
            {value.counts && <StatusLegend counts={countsByStatus(value.counts)} />}
          </>
        )}
      </Answered>
      <Answered answer={roles} lines={12}>
        {(value) => <RoleMap value={value} />}
      </Answered>
    </>
  );
}
