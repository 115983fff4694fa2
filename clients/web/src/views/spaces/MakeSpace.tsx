// Makes a space, for editors.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Space } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { SpaceMemberSchema, SpaceSchema } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { create } from "@bufbuild/protobuf";
import { useRef, useState } from "react";

import { askFresh, requestId, useDeed } from "../../api/fresh";
import { Check, LightField, TextField } from "./fields";
import { Refused } from "./Refused";

export function MakeSpace({ made }: { made: (space: Space) => void }) {
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState("");
  const [light, setLight] = useState(TrafficLight.AMBER);
  const [days, setDays] = useState("90");
  const [rule, setRule] = useState(false);
  const [members, setMembers] = useState("");
  const deed = useDeed();
  // The same wish has the same id, so that it is not fulfilled twice.
  const id = useRef(requestId());

  const make = (): Promise<boolean> =>
    deed.run(async () => {
      const principals = members.split(/\s+/).filter(Boolean);
      const answer = await askFresh(EngagementService.method.createSpace, {
        space: create(SpaceSchema, {
          displayName: name,
          purpose,
          trafficLight: light,
          retentionDays: Number(days),
          chathamHouse: rule,
          members: principals.map((principal) => create(SpaceMemberSchema, { principal })),
        }),
        requestId: id.current,
      });
      id.current = requestId();
      if (answer.space) made(answer.space);
    });

  return (
    <details className="section spaces-make">
      <summary>Make a space</summary>
      <form
        className="spaces-form"
        autoComplete="off"
        onChange={() => (id.current = requestId())}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label="Name, for its members"
          value={name}
          change={setName}
          required
          most={200}
        />
        <TextField label="What it is for" value={purpose} change={setPurpose} required rows={2} />
        <LightField label="Marking of what is said" value={light} change={setLight} />
        <TextField
          label="Days that what is said is kept"
          type="number"
          value={days}
          change={setDays}
          required
          hint="1 to 3,650. Then it is erased, from the files as well."
        />
        <TextField
          label="Members, one a line"
          value={members}
          change={setMembers}
          rows={3}
          hint="As the audit log names them, such as token:https://login.example#ben. You are a member as its maker."
        />
        <Check
          label="Chatham House Rule: members see what was said, and not who said it"
          value={rule}
          change={setRule}
        />
        {deed.fault && (
          <Refused fault={deed.fault} what="Making a space needs the role of an editor." />
        )}
        <button type="submit" disabled={deed.busy}>
          Make the space
        </button>
      </form>
    </details>
  );
}
