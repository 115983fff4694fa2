// One note, and its release by a moderator.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Note } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { useRef, useState } from "react";

import { askFresh, requestId, useDeed } from "../../api/fresh";
import { DateText } from "../../shared/DateText";
import { NodeLinks } from "../../shared/Link";
import { LightMark } from "../../shared/MarkingBanner";
import { Check, LightField, TextField } from "./fields";
import { Refused } from "./Refused";
import { Agreement } from "./Speaker";
import { kindWord } from "./terms";

export function NoteCard({
  space,
  note,
  moderated,
  changed,
}: {
  space: string;
  note: Note;
  moderated: boolean;
  changed: () => void;
}) {
  return (
    <li>
      <p className="spaces-note-head">
        <LightMark light={note.trafficLight} /> <strong>{note.displayName}</strong>
      </p>
      <p className="spaces-text">{note.text}</p>
      {note.url && (
        <p>
          <a href={note.url} target="_blank" rel="noreferrer">
            {note.url}
          </a>
        </p>
      )}
      <p className="note">
        {kindWord(note.kind)}, posted <DateText date={note.postDate} long />
        {note.author && <> by {note.author}</>}
        {note.attribution && <>; may be attributed to {note.attribution.text}</>}
        {note.topics.length > 0 && (
          <>
            ; about <NodeLinks nodes={note.topics} />
          </>
        )}
        {note.releasedAs && "; released"}
      </p>
      {!note.releasedAs && <Agreement space={space} note={note} changed={changed} />}
      {moderated && !note.releasedAs && <Release space={space} note={note} released={changed} />}
    </li>
  );
}

function Release({ space, note, released }: { space: string; note: Note; released: () => void }) {
  const [light, setLight] = useState(TrafficLight.UNSPECIFIED);
  const [text, setText] = useState(note.text);
  const [heading, setHeading] = useState("");
  const [attributed, setAttributed] = useState(false);
  const deed = useDeed();
  const id = useRef(requestId());
  const release = (): Promise<boolean> =>
    deed.run(async () => {
      await askFresh(EngagementService.method.releaseStatement, {
        space,
        note: note.name,
        trafficLight: light,
        text: text === note.text ? "" : text,
        displayName: heading,
        attributed,
        requestId: id.current,
      });
      released();
    });
  return (
    <details>
      <summary>Release it</summary>
      <form
        className="spaces-form"
        autoComplete="off"
        onChange={() => (id.current = requestId())}
        onSubmit={(event) => {
          event.preventDefault();
          void release();
        }}
      >
        <p className="note">
          A new statement is made that others see. It says nothing of this space; it cannot be taken
          back from those who have read it.
        </p>
        <LightField label="Who may see it" value={light} change={setLight} none="Choose" />
        <TextField label="Wording" value={text} change={setText} rows={4} required />
        <TextField label="Heading (may be empty)" value={heading} change={setHeading} most={200} />
        {note.attribution && (
          <Check
            label={`Name the speaker: ${note.attribution.text}`}
            value={attributed}
            change={setAttributed}
          />
        )}
        {deed.fault && (
          <Refused fault={deed.fault} what="A moderator releases, up to the own clearance." />
        )}
        <button
          type="submit"
          disabled={deed.busy || light === TrafficLight.UNSPECIFIED || text.trim() === ""}
        >
          Release
        </button>
      </form>
    </details>
  );
}
