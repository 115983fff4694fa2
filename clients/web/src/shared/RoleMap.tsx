// Who holds the roles that the target needs, and which nobody is known to hold.
import type { GetRoleMapResponse } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { FunctionStanding } from "@attlas/client/gen/attlas/cooperation/v1/role_map_pb";
import type { ThemeRoles } from "@attlas/client/gen/attlas/cooperation/v1/role_map_pb";

import { strengthWord, termWord } from "../lib/words";
import { Basis } from "./Basis";
import { Cite, Founds } from "./citations/Citations";
import { NodeLink } from "./Link";
import { Table } from "./Table";

const standingWords: Record<FunctionStanding, string> = {
  [FunctionStanding.UNSPECIFIED]: "not said",
  [FunctionStanding.HELD]: "held",
  [FunctionStanding.HELD_UNDER_OTHER]: "held under another instrument",
  [FunctionStanding.HELD_BY_NOBODY]: "held by nobody known",
  [FunctionStanding.NO_ROLE_KNOWN]: "no role known",
};

export function RoleMap({ value }: { value: GetRoleMapResponse }) {
  const held = value.themes.filter((theme) =>
    [FunctionStanding.HELD, FunctionStanding.HELD_UNDER_OTHER].includes(theme.standing),
  );
  const gaps = value.themes.filter((theme) => theme.standing === FunctionStanding.HELD_BY_NOBODY);
  const silent = value.themes.filter((theme) => theme.standing === FunctionStanding.NO_ROLE_KNOWN);
  return (
    <Founds answer={value}>
      <p className="sentence">{value.sentence}</p>
      <Table
        caption="Themes on which an agency holds a role"
        rows={held}
        rowKey={(row) => row.theme?.name ?? ""}
        empty="No agency is known to hold a role on a theme of this instrument."
        columns={[
          { title: "Theme", head: true, cell: (row) => row.theme?.displayName },
          { title: "Asked for", cell: (row) => strengthWord(row.strength) },
          { title: "Standing", cell: (row) => standingWords[row.standing] ?? "" },
          { title: "Agencies and roles", cell: (row) => <Holders theme={row} /> },
        ]}
      />
      <Gaps title="Roles exist, and nobody is known to hold one" themes={gaps} />
      <Gaps title="No role is known that would serve it" themes={silent} />
      <Table
        caption="Its agencies"
        rows={value.agencies}
        rowKey={(row) => row.agency?.name ?? ""}
        empty="No agency of it is recorded."
        columns={[
          { title: "Agency", head: true, cell: (row) => <NodeLink node={row.agency} /> },
          { title: "Kind", cell: (row) => termWord(row.kind) },
          {
            title: "Roles",
            cell: (row) =>
              [...row.roles, ...row.otherRoles].map((role) => role.displayName).join("; "),
          },
          { title: "Events", align: "end", cell: (row) => row.engagements },
          {
            title: "Sources",
            cell: (row) => <Cite evidence={row.evidence} about={row.agency?.displayName} />,
          },
        ]}
      />
      <Basis basis={value.basis} truncated={value.truncated} />
    </Founds>
  );
}

function Gaps({ title, themes }: { title: string; themes: readonly ThemeRoles[] }) {
  if (themes.length === 0) return null;
  return (
    <p>
      <strong>
        {title} ({themes.length}):
      </strong>{" "}
      {themes.map((theme) => theme.theme?.displayName).join("; ")}.
    </p>
  );
}

function Holders({ theme }: { theme: ThemeRoles }) {
  return (
    <>
      {theme.roles.flatMap((role) =>
        role.holders.map((holder) => (
          <span key={`${role.role?.name} ${holder.agency?.name}`} className="line-item">
            {holder.agency?.displayName}: {role.role?.displayName}
            <Cite
              evidence={[...holder.evidence, ...role.evidence]}
              about={holder.agency?.displayName}
            />
          </span>
        )),
      )}
    </>
  );
}
