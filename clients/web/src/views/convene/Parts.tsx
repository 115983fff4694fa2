// The parts of the plan of a meeting.
import {
  ClashKind,
  GenderEqualityOffice,
  InvitationReason,
} from "@attlas/client/gen/attlas/cooperation/v1/convening_pb";
import type { PlanConveningResponse } from "@attlas/client/gen/attlas/cooperation/v1/convening_pb";

import { termWord } from "../../lib/words";
import { Cite } from "../../shared/citations/Citations";
import { DateText } from "../../shared/DateText";
import { NodeLink, NodeLinks } from "../../shared/Link";
import { Table } from "../../shared/Table";

interface Props {
  value: PlanConveningResponse;
}

const reasons: Record<InvitationReason, string> = {
  [InvitationReason.UNSPECIFIED]: "",
  [InvitationReason.ROLE_ON_THEME]: "holds a role on the theme",
  [InvitationReason.TOOK_PART]: "took part before",
  [InvitationReason.COORDINATES]: "coordinates the others",
  [InvitationReason.FOREIGN_AFFAIRS]: "leads towards treaties",
  [InvitationReason.GENDER_EQUALITY]: "stands for gender equality",
};
const offices: Record<GenderEqualityOffice, string> = {
  [GenderEqualityOffice.UNSPECIFIED]: "",
  [GenderEqualityOffice.KNOWN]: "known",
  [GenderEqualityOffice.TO_BE_CHECKED]: "to be checked",
  [GenderEqualityOffice.NONE_KNOWN]: "none known",
};
const clashes: Record<ClashKind, string> = {
  [ClashKind.UNSPECIFIED]: "",
  [ClashKind.OVERLAPS]: "on the same days",
  [ClashKind.MAY_OVERLAP]: "may be on the same days",
  [ClashKind.NEAR]: "near",
};

export function Clashes({ value }: Props) {
  return (
    <Table
      caption="What is on at the time"
      rows={value.clashes}
      rowKey={(row) => row.engagement?.name ?? ""}
      empty="No known event lies on or near these dates."
      columns={[
        { title: "Event", head: true, cell: (row) => <NodeLink node={row.engagement} /> },
        { title: "From", cell: (row) => <DateText date={row.startDate} /> },
        { title: "Until", cell: (row) => <DateText date={row.endDate} /> },
        { title: "Clash", cell: (row) => clashes[row.kind] ?? "" },
        { title: "Takes part", cell: (row) => <NodeLinks nodes={row.places} none="not known" /> },
        {
          title: "Sources",
          cell: (row) => <Cite evidence={row.evidence} about={row.engagement?.displayName} />,
        },
      ]}
    />
  );
}

export function Invitees({ value }: Props) {
  return (
    <Table
      caption={`Whom to invite of ${value.grouping?.displayName}`}
      rows={value.invitees}
      rowKey={(row) => row.place?.name ?? ""}
      empty="The set has no places."
      columns={[
        { title: "State", head: true, cell: (row) => <NodeLink node={row.place} /> },
        {
          title: "Offices",
          cell: (row) =>
            row.invitations.length === 0
              ? "none known"
              : row.invitations.map(({ office, reasons: why }) => (
                  <span key={office?.agency?.name} className="line-item">
                    <NodeLink node={office?.agency} />:{" "}
                    {why.map((reason) => reasons[reason]).join(", ")}
                    {office?.leftOut && " (to be checked)"}
                    <Cite evidence={office?.evidence ?? []} about={office?.agency?.displayName} />
                  </span>
                )),
        },
        { title: "Gender equality", cell: (row) => offices[row.genderEqualityOffice] ?? "" },
        { title: "Earlier events", align: "end", cell: (row) => row.earlierContacts.length },
        { title: "Busy with", cell: (row) => <NodeLinks nodes={row.busyWith} /> },
      ]}
    />
  );
}

export function Organizations({ value }: Props) {
  return (
    <Table
      caption="Organizations to bring in"
      rows={value.organizations}
      first={12}
      printAll
      rowKey={(row) => row.organization?.name ?? ""}
      empty="No organization is known to work on it."
      columns={[
        { title: "Organization", head: true, cell: (row) => <NodeLink node={row.organization} /> },
        { title: "Kind", cell: (row) => termWord(row.kind) },
        { title: "Events on the theme", align: "end", cell: (row) => row.engagementsOnTheme },
        { title: "States reached", align: "end", cell: (row) => row.placesReached },
        { title: "States in it", align: "end", cell: (row) => row.placesInIt },
        { title: "Its standing task", cell: (row) => (row.worksOnTheme ? "yes" : "") },
        {
          title: "Sources",
          cell: (row) => <Cite evidence={row.evidence} about={row.organization?.displayName} />,
        },
      ]}
    />
  );
}

export function ToTable({ value }: Props) {
  return (
    <Table
      caption="Evidence to table"
      rows={value.evidenceToTable}
      first={12}
      printAll
      rowKey={(row) => row.publication?.name ?? ""}
      empty="No publication bears on it."
      columns={[
        { title: "Publication", head: true, cell: (row) => <NodeLink node={row.publication} /> },
        { title: "Kind", cell: (row) => termWord(row.kind) },
        { title: "Date", cell: (row) => <DateText date={row.date} /> },
        { title: "By", cell: (row) => <NodeLinks nodes={row.publishers} /> },
        { title: "On the theme", cell: (row) => (row.onTheme ? "yes" : "") },
        {
          title: "Concerns of",
          align: "end",
          cell: (row) => (row.placesConcerned > 0 ? `${row.placesConcerned} states` : ""),
        },
        {
          title: "Sources",
          cell: (row) => <Cite evidence={row.evidence} about={row.publication?.displayName} />,
        },
      ]}
    />
  );
}
