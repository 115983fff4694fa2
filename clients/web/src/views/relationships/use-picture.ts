// The picture as the reader makes it: with what can be undone, and mirrored in the address.
import { useCallback, useEffect, useRef, useState } from "react";

import { addressOf, withChanges } from "../../app/context";
import { goTo, useAddress } from "../../app/location";
import { readPicture, writePicture } from "./model/address";
import type { Picture } from "./model/picture";
import { begin, go, redo, undo } from "./model/undo";

// The query that was last written from here.
let mirrored = "";

export type Change = (make: (before: Picture) => Picture, sort?: string) => void;

export interface PictureState {
  picture: Picture;
  // Changes the picture; changes of one `sort` in a row are undone together.
  change: Change;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

export function usePicture(): PictureState {
  const address = useAddress();
  const [timeline, setTimeline] = useState(() => begin(readPicture(address.searchParams)));
  const seen = useRef(address.search);

  // An address that did not come from here, such as that of a link, is one more change.
  useEffect(() => {
    if (seen.current === address.search || address.search === mirrored) return;
    seen.current = address.search;
    setTimeline((before) => go(before, readPicture(address.searchParams)));
  }, [address.search]);

  const change = useCallback<Change>(
    (make, sort = "") => setTimeline((before) => go(before, make(before.present), sort)),
    [],
  );
  const back = useCallback(() => setTimeline(undo), []);
  const forth = useCallback(() => setTimeline(redo), []);
  return {
    picture: timeline.present,
    change,
    undo: timeline.past.length > 0 ? back : undefined,
    redo: timeline.future.length > 0 ? forth : undefined,
  };
}

// Writes the picture into the address once all of it is known, and never before: only then is it
// certain which names may stand there. `isOpen` says so of a name.
export function useMirror(
  picture: Picture,
  ready: boolean,
  isOpen: (name: string) => boolean,
): void {
  const address = useAddress();
  useEffect(() => {
    if (!ready) return;
    const query = withChanges(address.searchParams, writePicture(picture, isOpen));
    const next = addressOf(address.pathname, query);
    mirrored = new URL(next, address.origin).search;
    // The history is for views; within the picture there is a button to undo.
    goTo(next, { replace: true });
  }, [picture, ready, isOpen]);
}
