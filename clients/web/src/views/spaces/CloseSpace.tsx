// Closes a space, or erases it.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Space } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { SpaceState } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { useState } from "react";

import { askFresh, useDeed } from "../../api/fresh";
import { Check } from "./fields";
import { Refused } from "./Refused";

export function CloseSpace({
  space,
  closed,
  erased,
}: {
  space: Space;
  closed: () => void;
  erased: () => void;
}) {
  const [erase, setErase] = useState(false);
  const [sure, setSure] = useState(false);
  const deed = useDeed();
  const open = space.state === SpaceState.OPEN;
  const close = (): Promise<boolean> =>
    deed.run(async () => {
      await askFresh(EngagementService.method.closeSpace, { space: space.name, erase });
      if (erase) erased();
      else closed();
    });
  return (
    <details className="section spaces-close">
      <summary>{open ? "Close the space" : "Erase the space"}</summary>
      <form
        className="spaces-form"
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
        <p className="note">
          {open
            ? "Nothing more is posted then; what was said is read until its days are over."
            : "What was said goes with its days, or at once."}
        </p>
        <Check
          label="Erase all that was said at once; it cannot be undone"
          value={erase}
          change={setErase}
        />
        <Check label="I am sure" value={sure} change={setSure} />
        {deed.fault && <Refused fault={deed.fault} what="A moderator closes a space." />}
        <button type="submit" disabled={deed.busy || !sure || (!open && !erase)}>
          {erase ? "Erase" : "Close"}
        </button>
      </form>
    </details>
  );
}
