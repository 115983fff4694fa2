// Question 25: the way from a contact to where joining is decided.
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { DecisionPart } from "@attlas/client/gen/attlas/cooperation/v1/decision_path_pb";

import { useAnswer } from "../../../api/use-answer";
import { useContextOfPage } from "../../../app/context";
import { termWord } from "../../../lib/words";
import { Answered, Empty } from "../../../shared/AnswerState";
import { Cite } from "../../../shared/citations/Citations";
import { ContextBar } from "../../../shared/ContextBar";
import { NodeChoice, useChosen } from "../../../shared/fields";
import { NodeLink } from "../../../shared/Link";
import { Table } from "../../../shared/Table";
import { Told } from "../../../shared/Told";

const parts: Record<DecisionPart, string> = {
  [DecisionPart.UNSPECIFIED]: "",
  [DecisionPart.DECIDES]: "decides",
  [DecisionPart.ADVISES]: "advises",
  [DecisionPart.REPRESENTS]: "represents",
  [DecisionPart.COORDINATES]: "coordinates",
};

export default function DecisionPath() {
  const { date } = useContextOfPage();
  const from = useChosen("agency", "phl-stmo");
  const answer = useAnswer(CooperationService.method.findDecisionPath, {
    read: { asOf: date },
    from,
    includeSources: true,
  });
  return (
    <>
      <ContextBar>
        <NodeChoice
          label="The contact is in"
          name="agency"
          types={["agency"]}
          fallback="phl-stmo"
        />
      </ContextBar>
      <Answered answer={answer} lines={12}>
        {(value) => (
          <Told value={value}>
            {value.paths.length === 0 && <Empty>No way is known.</Empty>}
            {value.paths.map((path, index) => (
              <section key={index} className="told">
                <h2>
                  Way {index + 1}
                  {path.recorded ? "" : ", with a step that is not recorded"}
                </h2>
                <ol>
                  {path.steps.map((step, at) => (
                    <li key={at} className={step.recorded ? undefined : "warning"}>
                      {step.sentence}
                      <Cite
                        evidence={step.links.flatMap((link) => link.evidence)}
                        about={`step ${at + 1}`}
                      />
                    </li>
                  ))}
                </ol>
              </section>
            ))}
            <Table
              caption="Who has a part in it"
              rows={[
                ...(value.from ? [value.from] : []),
                ...value.decisionPoints,
                ...value.mediators,
              ]}
              rowKey={(row) => row.agency?.name ?? ""}
              empty="No agency is recorded."
              columns={[
                { title: "Agency", head: true, cell: (row) => <NodeLink node={row.agency} /> },
                { title: "Kind", cell: (row) => termWord(row.kind) },
                { title: "Part", cell: (row) => parts[row.part] || "" },
                {
                  title: "Roles",
                  cell: (row) => row.roles.map((role) => role.displayName).join("; "),
                },
                {
                  title: "Sources",
                  cell: (row) => <Cite evidence={row.evidence} about={row.agency?.displayName} />,
                },
              ]}
            />
          </Told>
        )}
      </Answered>
    </>
  );
}
