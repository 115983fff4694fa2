// Whether the speaker of a note agrees to be named, once it is released.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Attribution, Note } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import { AttributionSchema, NoteKind } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import { create } from "@bufbuild/protobuf";
import { useState } from "react";

import { askFresh, useDeed } from "../../api/fresh";
import { searchedTypes } from "../../shared/search/results";
import { Search } from "../../shared/search/Search";
import { TextField } from "./fields";
import { Refused } from "./Refused";

export interface SpeakerChoice {
  text: string;
  // Of a concern: whose it is.
  holder?: { name: string; displayName: string };
}

export const nobody: SpeakerChoice = { text: "" };

// Absent where nobody is to be named.
export function attributionOf(choice: SpeakerChoice): Attribution | undefined {
  const text = choice.text.trim();
  if (text === "") return undefined;
  return create(AttributionSchema, { text, holder: choice.holder?.name ?? "" });
}

const holderTypes = new Set(["state", "grouping", "organization"]);
const holderKinds = searchedTypes.filter(([type]) => holderTypes.has(type));

export function SpeakerFields({
  kind,
  choice,
  change,
  required = false,
}: {
  kind: NoteKind;
  choice: SpeakerChoice;
  change: (choice: SpeakerChoice) => void;
  required?: boolean;
}) {
  const { holder } = choice;
  return (
    <>
      <TextField
        label={required ? "Name the speaker as" : "Name the speaker as (may be empty)"}
        value={choice.text}
        change={(text) => change({ ...choice, text })}
        required={required}
        most={200}
        hint="Where the speaker agrees to be named once it is released: an institution or an office, no person."
      />
      {kind === NoteKind.CONCERN && choice.text.trim() !== "" && (
        <div>
          <Search
            label="Whose concern it is (may be empty)"
            placeholder="Search a state, a region set, an organization"
            kinds={holderKinds}
            choose={(found) => change({ ...choice, holder: found })}
          />
          {holder && (
            <ul className="spaces-topics" aria-label="Holder of the concern">
              <li>
                {holder.displayName}{" "}
                <button
                  type="button"
                  className="quiet"
                  aria-label={`Remove ${holder.displayName}`}
                  onClick={() => change({ ...choice, holder: undefined })}
                >
                  ×
                </button>
              </li>
            </ul>
          )}
        </div>
      )}
    </>
  );
}

// Who holds the key of a note says, or takes back, whether it may be attributed.
export function Agreement({
  space,
  note,
  changed,
}: {
  space: string;
  note: Note;
  changed: () => void;
}) {
  const [key, setKey] = useState("");
  const [choice, setChoice] = useState<SpeakerChoice>(nobody);
  const deed = useDeed();
  const say = (attribution: Attribution | undefined): Promise<boolean> =>
    deed.run(async () => {
      await askFresh(EngagementService.method.setAttribution, {
        space,
        note: note.name,
        speakerKey: key.trim(),
        attribution,
      });
      setKey("");
      setChoice(nobody);
      changed();
    });
  return (
    <details>
      <summary>You said it? Agree to be named</summary>
      <form
        className="spaces-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void say(attributionOf(choice));
        }}
      >
        <TextField
          label="Your key"
          type="password"
          value={key}
          change={setKey}
          required
          hint="It was shown once, when you posted. It proves that you said it; nothing else tells."
        />
        <SpeakerFields kind={note.kind} choice={choice} change={setChoice} required />
        {deed.fault && (
          <Refused fault={deed.fault} what="The key that was shown on posting is needed." />
        )}
        <div className="spaces-buttons">
          <button
            type="submit"
            disabled={deed.busy || key.trim() === "" || choice.text.trim() === ""}
          >
            Agree
          </button>
          {note.attribution && (
            <button
              type="button"
              className="quiet"
              disabled={deed.busy || key.trim() === ""}
              onClick={() => void say(undefined)}
            >
              Take the agreement back
            </button>
          )}
        </div>
      </form>
    </details>
  );
}
