// What would change if a state joined, signed or left instruments. Nothing is written.
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { SynergyService } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { useMemo } from "react";

import { useDirectory } from "../../api/directory";
import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { idOf } from "../../lib/names";
import { Answered, Empty } from "../../shared/AnswerState";
import { Choice } from "../../shared/Choice";
import { ContextBar } from "../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../shared/fields";
import { Title } from "../../shared/Title";
import { acts as actCodes, possibleActs, readActs, writeActs } from "./acts";
import type { Act, ActWord } from "./acts";
import { Outcome } from "./Outcome";

const example = "IDN";
const words: Record<ActWord, string> = { join: "joins", sign: "signs", leave: "leaves" };

export default function WhatIf() {
  const { target, date, values, change } = useContextOfPage();
  const state = useChosen("state", example);
  const instruments = useDirectory("instrument");
  const given = values("act").join(" ");
  const acts = useMemo(() => readActs(given.split(" ").filter(Boolean)), [given]);
  const setActs = (next: readonly Act[]): void => change({ act: writeActs(next) });

  const profile = useAnswer(InstrumentService.method.getStateProfile, {
    read: { asOf: date },
    state,
  });
  const answer = useAnswer(
    SynergyService.method.simulateParticipation,
    acts.length === 0
      ? null
      : {
          read: { asOf: date },
          state,
          target,
          changes: acts.map((act) => ({ instrument: act.instrument, act: actCodes[act.word] })),
          includeSources: true,
        },
  );

  // What each instrument allows, in the words of the choice: `join:att`.
  const options = (profile.value?.instruments ?? [])
    .flatMap(({ instrument, status }) =>
      instrument && status
        ? possibleActs(status.status).map((word) => ({
            value: `${word}:${idOf(instrument.name)}`,
            label: `${words[word]} ${instrument.displayName}`,
          }))
        : [],
    )
    .sort((one, other) => one.label.localeCompare(other.label, "en"));

  return (
    <>
      <Title
        window="What if"
        lead="Suppose acts of a state and see what it would have, theme by theme. Nothing is written."
      >
        What if
      </Title>
      <ContextBar
        target
        more={
          <Choice
            label="Suppose that it"
            value=""
            none="Add an act"
            options={options}
            change={(value) => setActs(readActs([...writeActs(acts), value]))}
          />
        }
      >
        <NodeChoice label="State" name="state" types={["state"]} fallback={example} />
      </ContextBar>
      <ul className="chips no-print" aria-label="Supposed acts">
        {acts.map((act) => (
          <li key={act.instrument} className="chip">
            {words[act.word]} {instruments.label(act.instrument)}
            <button
              type="button"
              className="quiet"
              aria-label={`No longer suppose that it ${words[act.word]} ${instruments.label(act.instrument)}`}
              onClick={() => setActs(acts.filter((one) => one !== act))}
            >
              ×
            </button>
          </li>
        ))}
        {acts.length > 0 && (
          <li>
            <button type="button" className="quiet" onClick={() => setActs(acts.slice(0, -1))}>
              Undo the last
            </button>
          </li>
        )}
      </ul>
      {acts.length === 0 ? (
        <Empty>
          Nothing is supposed yet. Add an act above, such as that it joins{" "}
          {instruments.label(target)}.
        </Empty>
      ) : (
        <Answered answer={answer} lines={16}>
          {(value) => <Outcome value={value} />}
        </Answered>
      )}
    </>
  );
}
