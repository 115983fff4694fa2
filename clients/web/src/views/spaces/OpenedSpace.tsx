// One space: who may see it, what was said, and what its members and moderators do.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import { SpaceState } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { useCallback } from "react";

import { useFresh } from "../../api/fresh";
import { lightMeaning, lightWord } from "../../lib/markings";
import { counted } from "../../lib/words";
import { Answered, Empty } from "../../shared/AnswerState";
import { LightMark } from "../../shared/MarkingBanner";
import { CloseSpace } from "./CloseSpace";
import { Members } from "./Members";
import { NoteCard } from "./NoteCard";
import { PostNote } from "./PostNote";
import { stateWord } from "./terms";

export function OpenedSpace({ name, leave }: { name: string; leave: () => void }) {
  const answer = useFresh(EngagementService.method.getSpace, { name });
  const notes = useFresh(EngagementService.method.listNotes, { space: name, pageSize: 100 });
  const again = useCallback(() => {
    answer.retry();
    notes.retry();
  }, [answer.retry, notes.retry]);
  return (
    <>
      <button type="button" className="quiet" onClick={leave}>
        Leave the space
      </button>
      <Answered answer={answer} lines={6}>
        {({ space, moderated, noteCount }) =>
          space === undefined ? null : (
            <>
              <p className="marking-banner spaces-banner" role="note" aria-label="Marking">
                <LightMark light={space.trafficLight} />
                <strong>For the members of “{space.displayName}” alone.</strong>{" "}
                {lightMeaning(space.trafficLight)}
                {space.chathamHouse &&
                  " The Chatham House Rule holds: say what was said, and not who said it."}
              </p>
              <h2 className="spaces-name">{space.displayName}</h2>
              <p>{space.purpose}</p>
              <p className="note">
                {stateWord(space.state)}; {counted(noteCount, "note")}; kept for{" "}
                {counted(space.retentionDays, "day")}; {counted(space.members.length, "member")} by
                name{moderated && "; you moderate it"}
              </p>
              <Members space={space} moderated={moderated} changed={again} />
              <Answered answer={notes} lines={4}>
                {(value) => (
                  <section className="spaces-said" aria-labelledby="notes-title">
                    <h3 id="notes-title">What was said</h3>
                    {value.notes.length === 0 ? (
                      <Empty>Nothing was said yet, or nothing that you are cleared for.</Empty>
                    ) : (
                      <ol className="spaces-notes">
                        {value.notes.map((note) => (
                          <NoteCard
                            key={note.name}
                            space={name}
                            note={note}
                            moderated={moderated}
                            changed={again}
                          />
                        ))}
                      </ol>
                    )}
                    {value.nextPageToken !== "" && (
                      <p className="warning">There are more than are shown.</p>
                    )}
                  </section>
                )}
              </Answered>
              {space.state === SpaceState.OPEN ? (
                <PostNote space={name} usual={lightWord(space.trafficLight)} posted={again} />
              ) : (
                <Empty>The space is closed: nothing more is posted.</Empty>
              )}
              {moderated && <CloseSpace space={space} closed={again} erased={leave} />}
            </>
          )
        }
      </Answered>
    </>
  );
}
