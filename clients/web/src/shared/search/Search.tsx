// The search box: states, instruments, agencies, organizations, themes, concerns and events. What
// is misspelt is found by the service, which says how it read it.
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";
import type { TextFragment } from "@attlas/client/gen/attlas/evidence/v1/search_pb";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";

import { useDirectory } from "../../api/directory";
import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import { goTo } from "../../app/location";
import { begun, foundOf, grouped, landingOf, named, searchedTypes } from "./results";
import type { Found } from "./results";
import { useShortcut } from "./shortcut";
import "./search.css";

// How long a reader pauses before the words are looked for, in milliseconds.
const pause = 140;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), pause);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}

export function Search({
  label = "Find a state, an instrument, an agency, a theme, an event",
  placeholder = "Indonesia, ATT, customs, end use …",
  kinds = searchedTypes,
  choose,
  inHead = false,
  shortcut,
}: {
  label?: string;
  placeholder?: string;
  // Whether it stands in the head of the page, where what it is needs no words beside it.
  inHead?: boolean;
  // A key that leads to it.
  shortcut?: string;
  // The node types that are looked for, with the heading of each group.
  kinds?: readonly (readonly [string, string])[];
  // What becomes of the one that is chosen; without it, the page goes where it is shown.
  choose?: (hit: Found) => void;
}) {
  const { href } = useContextOfPage();
  const types = useMemo(() => kinds.map(([type]) => type), [kinds]);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useShortcut(shortcut, input);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const words = useSettled(text.trim() === "" ? "" : begun(text));
  const answer = useAnswer(
    EvidenceService.method.search,
    words === "" ? null : { query: words, types, pageSize: 8 },
  );
  // What is begun matches nothing where it is misspelt; then the whole word is looked for.
  const nothing = answer.value?.hits.length === 0 && words.endsWith("*");
  const second = useAnswer(
    EvidenceService.method.search,
    nothing && !answer.loading ? { query: words.slice(0, -1), types, pageSize: 8 } : null,
  );
  const found = nothing ? second : answer;
  const places = useDirectory("state", "economy", "territory");
  const instruments = useDirectory("instrument");
  const groups = useMemo(() => {
    const nodes = [...places.entries, ...instruments.entries].map((entry) => entry.node);
    const rest = words === "" ? [] : (found.value?.hits ?? []);
    return grouped(named(text, nodes, 5), rest.map(foundOf), kinds);
  }, [text, words, found.value, places.entries, instruments.entries, kinds]);
  const hits = groups.flatMap((group) => group.hits);
  useEffect(() => setActive(0), [text, found.value]);

  useEffect(() => {
    if (open)
      box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [open, active, groups]);

  const listed = open && text.trim() !== "";
  const chosen = hits[active];
  const option = (hit: Found): string => `${id}-${hit.name.replace(/\W/g, "-")}`;
  const go = (hit: Found | undefined): void => {
    if (!hit) return;
    setOpen(false);
    setText("");
    if (choose) choose(hit);
    else {
      const { path, values } = landingOf(hit.name);
      goTo(href(path, values));
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && listed) {
      // The first press closes the list; the next is the browser's own, which empties the box.
      event.preventDefault();
      setOpen(false);
    }
    if (event.key === "Enter" && listed) {
      event.preventDefault();
      go(chosen);
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || hits.length === 0) return;
    event.preventDefault();
    setOpen(true);
    setActive((active + step + hits.length) % hits.length);
  };

  return (
    <div
      className={inHead ? "search search-head no-print" : "search no-print"}
      ref={box}
      role="search"
      aria-label={label}
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <label htmlFor={`${id}-box`} className={inHead ? "unseen" : undefined}>
        {label}
      </label>
      {shortcut && text === "" && (
        <kbd className="search-key" aria-hidden="true">
          {shortcut}
        </kbd>
      )}
      <input
        ref={input}
        aria-keyshortcuts={shortcut}
        id={`${id}-box`}
        type="search"
        role="combobox"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={listed && chosen ? option(chosen) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={press}
      />
      <div className="search-results" hidden={!listed} aria-busy={found.loading}>
        {found.fault && <p className="search-note">{found.fault.title}.</p>}
        {found.value?.correctedQuery && hits.length > 0 && (
          <p className="search-note">
            Shown for <strong>{found.value.correctedQuery}</strong>.
          </p>
        )}
        <div id={`${id}-list`} role="listbox" aria-label="Found">
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <p className="search-group" aria-hidden="true">
                {group.title}
              </p>
              {group.hits.map((hit) => (
                <div
                  key={hit.name}
                  id={option(hit)}
                  role="option"
                  aria-selected={hit === chosen}
                  className="search-hit"
                  onPointerMove={() => setActive(hits.indexOf(hit))}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => go(hit)}
                >
                  <Fragments pieces={hit.title} whole={hit.displayName} />
                  {hit.alias.length > 0 && (
                    <span className="search-excerpt">
                      <Fragments pieces={hit.alias} whole="" />
                    </span>
                  )}
                </div>
              ))}
            </div>
          ))}
        </div>
        {found.value && hits.length === 0 && !found.loading && (
          <p className="search-note" role="status">
            Nothing is found for these words.
          </p>
        )}
      </div>
    </div>
  );
}

function Fragments({ pieces, whole }: { pieces: readonly TextFragment[]; whole: string }) {
  if (pieces.length === 0) return <span>{whole}</span>;
  return (
    <span>
      {pieces.map((piece, index) =>
        piece.matched ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
    </span>
  );
}
