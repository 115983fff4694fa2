// Confidential spaces. Nothing of them is in the address, in the title of the window, in a cache or in
// a store of the browser: the opened space and all that is said there are in the memory of this view.
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import type { Space } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { SpaceState } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { useState } from "react";

import { useFresh } from "../../api/fresh";
import { counted } from "../../lib/words";
import { Answered, Empty } from "../../shared/AnswerState";
import { DateText } from "../../shared/DateText";
import { LightMark } from "../../shared/MarkingBanner";
import { Title } from "../../shared/Title";
import { MakeSpace } from "./MakeSpace";
import { OpenedSpace } from "./OpenedSpace";
import { SignIn } from "./SignIn";
import { stateWord } from "./terms";
import "./spaces.css";

export default function Spaces() {
  const [opened, setOpened] = useState("");
  const answer = useFresh(EngagementService.method.listSpaces, { pageSize: 500 });
  return (
    <>
      <Title
        window="Spaces"
        lead="Rooms in which members speak in confidence. What you see here is in this window alone: in no address, no cache and no storage."
      >
        Spaces
      </Title>
      {opened ? (
        <OpenedSpace
          name={opened}
          leave={() => {
            setOpened("");
            answer.retry();
          }}
        />
      ) : (
        <>
          <SignIn />
          <Answered answer={answer} lines={6}>
            {(value) => (
              <section className="section" aria-labelledby="spaces-title">
                <h2 id="spaces-title">Your spaces</h2>
                {value.spaces.length === 0 ? (
                  <Empty>
                    You are a member of no space. Its moderator adds you by the name under which the
                    server knows you: a space that you are no member of does not exist for you.
                  </Empty>
                ) : (
                  <ul className="spaces">
                    {value.spaces.map((space) => (
                      <SpaceCard
                        key={space.name}
                        space={space}
                        open={() => setOpened(space.name)}
                      />
                    ))}
                  </ul>
                )}
                {value.nextPageToken !== "" && (
                  <p className="warning">There are more than are shown.</p>
                )}
              </section>
            )}
          </Answered>
          <MakeSpace
            made={(space) => {
              answer.retry();
              setOpened(space.name);
            }}
          />
        </>
      )}
    </>
  );
}

function SpaceCard({ space, open }: { space: Space; open: () => void }) {
  const erased = space.state === SpaceState.ERASED;
  return (
    <li>
      <h3>{erased ? "An erased space" : space.displayName}</h3>
      <p>
        <LightMark light={space.trafficLight} /> {stateWord(space.state)}
        {space.chathamHouse && ", Chatham House Rule"}
      </p>
      {space.purpose && <p>{space.purpose}</p>}
      <p className="note">
        Made <DateText date={space.createDate} long />
        {!erased && <>; what is said is kept for {counted(space.retentionDays, "day")}</>}
        {space.eraseDate && (
          <>
            ; erased <DateText date={space.eraseDate} long />
          </>
        )}
      </p>
      {!erased && (
        <button type="button" onClick={open}>
          Open<span className="unseen"> {space.displayName}</span>
        </button>
      )}
    </li>
  );
}
