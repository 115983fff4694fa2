// What the state has on each theme of the target, and what joining would change.
import { JoiningEffect } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import type { ThemeSynergy } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import type { FindSynergiesResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";

import { useContextOfPage } from "../../app/context";
import { counted, effectWord, strengthWord } from "../../lib/words";
import { Basis } from "../../shared/Basis";
import { Cite, Founds } from "../../shared/citations/Citations";
import { ClassBar, ClassMark } from "../../shared/ClassMark";
import { Table } from "../../shared/Table";
import { FlowPicture } from "./FlowPicture";

export function Synergies({ value }: { value: FindSynergiesResponse }) {
  const target = value.target?.displayName ?? "";
  return (
    <Founds answer={value}>
      <p className="sentence">{value.sentence}</p>
      <ClassBar totals={value.totals} label={`Themes of ${target} by the nearest own commitment`} />
      {value.themes.length > 0 && <FlowPicture value={value} />}
      <h3 className="brief-sub">What joining would change</h3>
      <Effects value={value} />
      <h3 className="brief-sub">Theme by theme</h3>
      <Table
        caption={`What ${value.state?.displayName} has on each theme of ${target}`}
        unseenCaption
        rows={value.themes}
        first={8}
        printAll
        rowKey={(row) => row.theme?.name ?? ""}
        empty={`Of ${target} no provisions are recorded, so that nothing can be set beside them.`}
        columns={[
          { title: "Theme", head: true, cell: (row) => row.theme?.displayName },
          { title: "Nearest own commitment", cell: (row) => <Nearest theme={row} /> },
          { title: `${target} asks`, cell: (row) => <Asked theme={row} target={target} /> },
          { title: "Joining", cell: (row) => effectWord(row.joiningEffect) },
        ]}
      />
      {value.leftOut && <p className="note">{value.leftOut.sentence}</p>}
      <Basis basis={value.basis} truncated={value.truncated} coverage={value.target?.coverage} />
    </Founds>
  );
}

// The commitments of the best class: the others are in the picture.
function Nearest({ theme }: { theme: ThemeSynergy }) {
  const best = theme.commitments.filter((one) => one.commitmentClass === theme.bestClass);
  const shown = best.slice(0, 3);
  return (
    <>
      <ClassMark value={theme.bestClass} />
      {shown.map((one) => (
        <span key={one.provision?.name} className="line-item" title={one.sentence}>
          {one.provision?.displayName}
          <Cite evidence={one.evidence} about={one.provision?.displayName} />
        </span>
      ))}
      {best.length > shown.length && (
        <span className="line-item note">and {best.length - shown.length} more of this class</span>
      )}
    </>
  );
}

function Asked({ theme, target }: { theme: ThemeSynergy; target: string }) {
  return (
    <>
      {theme.targetProvisions.slice(0, 4).map((one) => {
        const label = one.provision?.displayName ?? "";
        return (
          <span key={one.provision?.name} className="line-item line-short" title={one.paraphrase}>
            {label.startsWith(`${target} `) ? label.slice(target.length + 1) : label},{" "}
            {strengthWord(one.strength)}
            <Cite evidence={one.evidence} about={label} />
          </span>
        );
      })}
      {theme.targetProvisions.length > 4 && (
        <span className="line-item note">and {theme.targetProvisions.length - 4} more</span>
      )}
    </>
  );
}

const effects: readonly JoiningEffect[] = [
  JoiningEffect.NEW,
  JoiningEffect.REACHES_FURTHER,
  JoiningEffect.BECOMES_BINDING,
  JoiningEffect.BECOMES_POLITICAL,
  JoiningEffect.ALREADY_COMMITTED,
];

function Effects({ value }: { value: FindSynergiesResponse }) {
  const { target } = useContextOfPage();
  return (
    <dl className="effects" data-target={target}>
      {effects.map((effect) => {
        const themes = value.themes.filter((theme) => theme.joiningEffect === effect);
        if (themes.length === 0 && effect !== JoiningEffect.NEW) return null;
        return (
          <div key={effect}>
            <dt>
              {effectWord(effect)}: <span className="count">{counted(themes.length, "theme")}</span>
            </dt>
            <dd>{themes.map((theme) => theme.theme?.displayName).join("; ") || "None."}</dd>
          </div>
        );
      })}
    </dl>
  );
}
