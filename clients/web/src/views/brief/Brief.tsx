// What there is to know about a state on its way to an instrument, to be read and printed.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { SynergyService } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import type { FindSynergiesResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";
import type { ReactNode } from "react";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { goTo } from "../../app/location";
import type { ViewProps } from "../../app/registry";
import { useDirectory } from "../../api/directory";
import { idOf, pathOf } from "../../lib/names";
import { Answered } from "../../shared/AnswerState";
import { Choice } from "../../shared/Choice";
import { ContextBar } from "../../shared/ContextBar";
import { DateText } from "../../shared/DateText";
import { Link } from "../../shared/Link";
import { RoleMap } from "../../shared/RoleMap";
import { StatusMark } from "../../shared/StatusMark";
import { Title } from "../../shared/Title";
import { Concerns } from "./Concerns";
import { Contacts } from "./Contacts";
import { Imports } from "./Imports";
import { Participation } from "./Participation";
import { Synergies } from "./Synergies";
import { Timeline } from "./Timeline";
import "./brief.css";

const sections = {
  synergies: "What it already has",
  roles: "Roles, agencies and gaps",
  concerns: "Concerns and what answers them",
  contacts: "Events and organizations that reach it",
  imports: "Arms imports",
  participation: "What it takes part in",
  timeline: "Timeline",
} as const;

export default function Brief({ params }: ViewProps) {
  const state = params.state ?? "";
  const { target, date } = useContextOfPage();
  const about = { read: { asOf: date }, state, includeSources: true };
  const synergies = useAnswer(SynergyService.method.findSynergies, { ...about, target });
  const profile = useAnswer(InstrumentService.method.getStateProfile, about);
  const roles = useAnswer(CooperationService.method.getRoleMap, { ...about, instrument: target });
  const concerns = useAnswer(EvidenceService.method.listConcerns, { ...about, pageSize: 200 });
  const reach = useAnswer(CooperationService.method.getReach, about);
  const suppliers = useAnswer(TransferService.method.getSuppliers, {
    ...about,
    instrument: target,
  });

  return (
    <>
      <Head state={state} synergies={synergies.value} />
      <Section id="synergies">
        <Answered answer={synergies} lines={20}>
          {(value) => <Synergies value={value} />}
        </Answered>
      </Section>
      <Section id="roles">
        <Answered answer={roles} lines={8}>
          {(value) => <RoleMap value={value} />}
        </Answered>
      </Section>
      <Section id="concerns">
        <Answered answer={concerns} lines={4}>
          {(value) => <Concerns value={value} />}
        </Answered>
      </Section>
      <Section id="contacts">
        <Answered answer={reach} lines={8}>
          {(value) => <Contacts value={value} />}
        </Answered>
      </Section>
      <Section id="imports">
        <Answered answer={suppliers} lines={6}>
          {(value) => <Imports value={value} />}
        </Answered>
      </Section>
      <Section id="participation">
        <Answered answer={profile} lines={20}>
          {(value) => <Participation value={value} />}
        </Answered>
      </Section>
      <Section id="timeline">
        <Answered answer={profile} lines={10}>
          {(value) => <Timeline value={value} />}
        </Answered>
      </Section>
    </>
  );
}

function Section({ id, children }: { id: keyof typeof sections; children: ReactNode }) {
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{sections[id]}</h2>
      {children}
    </section>
  );
}

function Head({
  state,
  synergies,
}: {
  state: string;
  synergies: FindSynergiesResponse | undefined;
}) {
  const { href, target } = useContextOfPage();
  const places = useDirectory("state", "economy", "territory");
  const instruments = useDirectory("instrument");
  const name = synergies?.state?.displayName || places.label(state);
  const aim = synergies?.target?.displayName || instruments.label(target);
  return (
    <>
      <Title window={`${name} and ${aim}`} lead={<Standing synergies={synergies} />}>
        {name}, towards the {aim}
      </Title>
      <div className="brief-tools no-print">
        <ContextBar target>
          <Choice
            label="State"
            value={idOf(state)}
            options={places.entries.map((entry) => ({
              value: entry.id,
              label: entry.label,
            }))}
            change={(id) => {
              const chosen = places.entries.find((entry) => entry.id === id);
              if (chosen) goTo(href(pathOf(chosen.name)));
            }}
          />
        </ContextBar>
        <ul className="brief-links">
          <li>
            <button type="button" onClick={() => window.print()}>
              Print, or save as PDF
            </button>
          </li>
          <li>
            <Link to={href("/what-if", { state, act: [`join:${target}`] })}>
              What if it joined?
            </Link>
          </li>
          <li>
            <Link to={href("/bridges", { state })}>Bridges to it</Link>
          </li>
          <li>
            <Link to={href("/changes", { node: state.includes("/") ? state : `states/${state}` })}>
              What changed
            </Link>
          </li>
        </ul>
      </div>
      <nav className="no-print" aria-label="On this page">
        <ul className="contents">
          {Object.entries(sections).map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

function Standing({ synergies }: { synergies: FindSynergiesResponse | undefined }) {
  const status = synergies?.targetStatus;
  if (!synergies || !status) return <span className="standing">{"\u00a0"}</span>;
  return (
    <span className="standing">
      <StatusMark status={status.status} />
      {status.signedDate && (
        <>
          , signed <DateText date={status.signedDate} long />
        </>
      )}
      {status.depositDate && (
        <>
          , joined <DateText date={status.depositDate} long />
        </>
      )}
      , as of <DateText date={synergies.basis?.asOf} long />
    </span>
  );
}
