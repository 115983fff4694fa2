// Who is in a space, and who moderates it. Moderators add, remove and change the role.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Space, SpaceMember } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { SpaceMemberSchema } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { create } from "@bufbuild/protobuf";
import { useState } from "react";

import { askFresh, useDeed } from "../../api/fresh";
import { Check, TextField } from "./fields";
import { Refused } from "./Refused";
import { roleWord } from "./terms";

interface Change {
  set?: readonly { principal: string; moderator: boolean }[];
  remove?: readonly string[];
}

// What was done, and what would undo it.
interface Done {
  text: string;
  undo?: Change;
}

export function Members({
  space,
  moderated,
  changed,
}: {
  space: Space;
  moderated: boolean;
  changed: () => void;
}) {
  const [done, setDone] = useState<Done>();
  const deed = useDeed();
  const apply = (change: Change, next: Done): Promise<boolean> =>
    deed.run(async () => {
      await askFresh(EngagementService.method.updateSpaceMembers, {
        space: space.name,
        set: change.set?.map((one) => create(SpaceMemberSchema, one)),
        remove: [...(change.remove ?? [])],
      });
      setDone(next);
      changed();
    });
  const { undo } = done ?? {};
  return (
    <details className="spaces-members">
      <summary>Members ({space.members.length} by name)</summary>
      <ul className="spaces-member-list" aria-label="Members">
        {space.members.map((member) => (
          <li key={member.principal}>
            <span className="spaces-principal">{member.principal}</span>{" "}
            <span className="note">{roleWord(member)}</span>
            {moderated && <Acts member={member} busy={deed.busy} apply={apply} />}
          </li>
        ))}
      </ul>
      {done && (
        <p role="status">
          {done.text}{" "}
          {undo && (
            <button
              type="button"
              className="quiet"
              disabled={deed.busy}
              onClick={() => void apply(undo, { text: "It is as it was before." })}
            >
              Undo
            </button>
          )}
        </p>
      )}
      {deed.fault && <Refused fault={deed.fault} what="A moderator changes who is a member." />}
      {moderated && <AddMember space={space} busy={deed.busy} apply={apply} />}
      <p className="note">
        Those whom the policy of the server makes members of every space are not among them.
      </p>
    </details>
  );
}

type Apply = (change: Change, done: Done) => Promise<boolean>;

function Acts({ member, busy, apply }: { member: SpaceMember; busy: boolean; apply: Apply }) {
  const { principal, moderator } = member;
  const before = { set: [{ principal, moderator }] };
  return (
    <span className="spaces-acts">
      <button
        type="button"
        className="quiet"
        disabled={busy}
        onClick={() =>
          void apply(
            { set: [{ principal, moderator: !moderator }] },
            { text: `${principal} is now a ${moderator ? "member" : "moderator"}.`, undo: before },
          )
        }
      >
        {moderator ? "Make a member only" : "Make a moderator"}
        <span className="unseen"> of {principal}</span>
      </button>
      <button
        type="button"
        className="quiet"
        disabled={busy}
        onClick={() =>
          void apply(
            { remove: [principal] },
            { text: `${principal} is a member no longer.`, undo: before },
          )
        }
      >
        Remove<span className="unseen"> {principal}</span>
      </button>
    </span>
  );
}

function AddMember({ space, busy, apply }: { space: Space; busy: boolean; apply: Apply }) {
  const [principal, setPrincipal] = useState("");
  const [moderator, setModerator] = useState(false);
  const wanted = principal.trim();
  const known = space.members.some((member) => member.principal === wanted);
  const add = async (): Promise<void> => {
    const added = await apply(
      { set: [{ principal: wanted, moderator }] },
      { text: `${wanted} is now a member.`, undo: { remove: [wanted] } },
    );
    if (!added) return;
    setPrincipal("");
    setModerator(false);
  };
  return (
    <form
      className="spaces-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label="Add a member"
        value={principal}
        change={setPrincipal}
        required
        most={1000}
        hint={
          known
            ? "This one is a member already."
            : "As the audit log names callers, such as token:https://login.example#ben."
        }
      />
      <Check label="A moderator, too" value={moderator} change={setModerator} />
      <button type="submit" disabled={busy || wanted === "" || known}>
        Add
      </button>
    </form>
  );
}
