// Question 3: who holds the roles that an instrument needs in a state.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { Answered } from "../../../shared/AnswerState";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { RoleMap } from "../../../shared/RoleMap";

export default function Roles() {
  const { target, date } = useContextOfPage();
  const state = useChosen("state", "PHL");
  const answer = useAnswer(CooperationService.method.getRoleMap, {
    read: { asOf: date },
    state,
    instrument: target,
    includeSources: true,
  });
  return (
    <>
      <ContextBar target>
        <NodeChoice label="State" name="state" types={["state"]} fallback="PHL" />
      </ContextBar>
      <Answered answer={answer} lines={14}>
        {(value) => <RoleMap value={value} />}
      </Answered>
    </>
  );
}
