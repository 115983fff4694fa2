// Says plainly who may see what is on the screen, where that is not everybody.
import type { Marking } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";

import { isPublic, lightMeaning, lightWord, narrowest } from "../lib/markings";
import "./marking.css";

export function LightMark({ light }: { light: TrafficLight }) {
  return <span className={`light light-${light || TrafficLight.CLEAR}`}>{lightWord(light)}</span>;
}

export function MarkingBanner({
  markings,
  of,
}: {
  markings: readonly (Marking | undefined)[];
  // What is marked, such as `this picture`.
  of: string;
}) {
  if (markings.every(isPublic)) return null;
  const light = narrowest(markings);
  return (
    <p className="marking-banner" role="note">
      <LightMark light={light} /> The narrowest marking of {of}. {lightMeaning(light)}
    </p>
  );
}
