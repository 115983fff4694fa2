// Posts in a space.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import { NoteKind } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { useRef, useState } from "react";

import { askFresh, requestId, useDeed } from "../../api/fresh";
import { Choice } from "../../shared/Choice";
import type { Found } from "../../shared/search/results";
import { searchedTypes } from "../../shared/search/results";
import { Search } from "../../shared/search/Search";
import { EvidenceFields, noPublication } from "./EvidenceFields";
import { LightField, TextField } from "./fields";
import { Refused } from "./Refused";
import { attributionOf, nobody, SpeakerFields } from "./Speaker";
import { kindWord } from "./terms";

const offered = [NoteKind.NOTE, NoteKind.CONCERN, NoteKind.EVIDENCE];

// What a note of a kind may be about.
const topicTypes: Partial<Record<NoteKind, readonly string[]>> = {
  [NoteKind.NOTE]: ["theme", "instrument", "state", "grouping", "organization", "challenge"],
  [NoteKind.CONCERN]: ["concern_theme"],
  [NoteKind.EVIDENCE]: ["challenge", "theme", "state", "grouping"],
};
const kindsOf = Object.fromEntries(
  offered.map((kind) => [kind, searchedTypes.filter(([type]) => topicTypes[kind]?.includes(type))]),
);

export function PostNote({
  space,
  usual,
  posted,
}: {
  space: string;
  // The marking that the space gives to a note without one.
  usual: string;
  posted: () => void;
}) {
  const [kind, setKind] = useState(NoteKind.NOTE);
  const [heading, setHeading] = useState("");
  const [text, setText] = useState("");
  const [light, setLight] = useState(TrafficLight.UNSPECIFIED);
  const [topics, setTopics] = useState<readonly { name: string; displayName: string }[]>([]);
  const [speaker, setSpeaker] = useState(nobody);
  const [publication, setPublication] = useState(noPublication);
  const [key, setKey] = useState("");
  const isEvidence = kind === NoteKind.EVIDENCE;
  const deed = useDeed();
  const id = useRef(requestId());

  const post = (): Promise<boolean> =>
    deed.run(async () => {
      const answer = await askFresh(EngagementService.method.postToSpace, {
        space,
        kind,
        displayName: heading,
        text,
        topics: topics.map((topic) => topic.name),
        trafficLight: light,
        attribution: attributionOf(speaker),
        evidenceKind: isEvidence ? publication.kind : "",
        url: isEvidence ? publication.url.trim() : "",
        requestId: id.current,
      });
      id.current = requestId();
      setKey(answer.speakerKey);
      setHeading("");
      setText("");
      setTopics([]);
      setSpeaker(nobody);
      setPublication(noPublication);
      posted();
    });

  return (
    <section className="section" aria-labelledby="post-title">
      <h3 id="post-title">Post</h3>
      {key !== "" && (
        <div className="spaces-key" role="status">
          <p>
            It is posted. This key proves later on that you said it, should you agree to be named;
            it is not shown again:
          </p>
          <code>{key}</code>{" "}
          <button type="button" className="quiet" onClick={() => setKey("")}>
            Hide the key
          </button>
        </div>
      )}
      <form
        className="spaces-form"
        autoComplete="off"
        onChange={() => (id.current = requestId())}
        onSubmit={(event) => {
          event.preventDefault();
          void post();
        }}
      >
        <Choice
          label="What it is"
          value={String(kind)}
          options={offered.map((one) => ({ value: String(one), label: kindWord(one) }))}
          change={(next) => {
            setKind(Number(next));
            setTopics([]);
            setSpeaker({ ...speaker, holder: undefined });
          }}
        />
        {isEvidence && <EvidenceFields publication={publication} change={setPublication} />}
        <TextField label="Heading (may be empty)" value={heading} change={setHeading} most={200} />
        <TextField
          label={isEvidence ? "Why it matters" : "Text"}
          value={text}
          change={setText}
          rows={5}
          required
          most={16_000}
        />
        <LightField
          label="Marking"
          value={light}
          change={setLight}
          none={`That of the space (${usual})`}
          noneMeaning="As everything of the space, unless you choose."
        />
        <Topics key={kind} kinds={kindsOf[kind] ?? []} topics={topics} change={setTopics} />
        <SpeakerFields kind={kind} choice={speaker} change={setSpeaker} />
        {deed.fault && (
          <Refused
            fault={deed.fault}
            what="Posting needs the role of a contributor, and clearance for the marking."
          />
        )}
        <button type="submit" disabled={deed.busy || text.trim() === ""}>
          Post
        </button>
      </form>
    </section>
  );
}

function Topics({
  kinds,
  topics,
  change,
}: {
  kinds: readonly (readonly [string, string])[];
  topics: readonly { name: string; displayName: string }[];
  change: (topics: readonly { name: string; displayName: string }[]) => void;
}) {
  const add = (hit: Found): void => {
    if (!topics.some((topic) => topic.name === hit.name)) change([...topics, hit]);
  };
  return (
    <div>
      <Search
        label="What it is about (may be empty)"
        placeholder="Search a node"
        kinds={kinds}
        choose={add}
      />
      {topics.length > 0 && (
        <ul className="spaces-topics" aria-label="Topics">
          {topics.map((topic) => (
            <li key={topic.name}>
              {topic.displayName}{" "}
              <button
                type="button"
                className="quiet"
                aria-label={`Remove ${topic.displayName}`}
                onClick={() => change(topics.filter((one) => one !== topic))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
