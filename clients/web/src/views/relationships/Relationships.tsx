// The relationship map: how states, instruments, agencies, themes and concerns hang together, from
// any node on. What the reader made of it is a list of steps, which stands in the address.
import { useCallback, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";

import { formatLong, orderOf, today } from "../../lib/dates";
import { counted } from "../../lib/words";
import { Empty, Failure, Waiting } from "../../shared/AnswerState";
import { Founds } from "../../shared/citations/Citations";
import { useFounded } from "../../shared/citations/founded";
import { MarkingBanner } from "../../shared/MarkingBanner";
import { Search } from "../../shared/search/Search";
import { Title } from "../../shared/Title";
import { Behind } from "./Behind";
import { Canvas } from "./Canvas";
import type { CanvasHandle } from "./Canvas";
import { Controls } from "./Controls";
import { Details } from "./Details";
import { ElementList } from "./ElementList";
import type { ElementActions } from "./ElementList";
import { Exports } from "./Exports";
import { kinds } from "./kinds";
import { Legend } from "./Legend";
import { carriedBy } from "./model/compose";
import { filtered, linesOf } from "./model/filters";
import { namesOf, withHidden, withSteps } from "./model/picture";
import type { Point, Step } from "./model/picture";
import { Paths, usePaths } from "./Paths";
import { Starters } from "./Starters";
import { useEnds } from "./use-ends";
import { useKnown } from "./use-known";
import { useMirror, usePicture } from "./use-picture";
import { useSpeak } from "./words";
import "./relationships.css";

export default function Relationships() {
  const { picture, change, undo, redo } = usePicture();
  const answer = useKnown(picture.steps, picture.across);
  const { composition } = answer;
  const ends = useEnds(picture);
  const isOpen = useCallback(
    (name: string) => answer.isPublic(name) || ends.isPublic(name),
    [answer.isPublic, ends.isPublic],
  );
  useMirror(picture, composition.waiting.length === 0 && ends.ready, isOpen);
  const leftOut = namesOf(picture.steps).filter(
    (name) => composition.elements.has(name) && !isOpen(name),
  ).length;
  const [chosen, setChosen] = useState("");
  const canvas = useRef<CanvasHandle>(null);
  const speak = useSpeak();

  const now = useMemo(() => today(), []);
  const date = picture.date ?? now;
  const shown = useMemo(
    () => filtered(composition, { ...picture, date }),
    [composition, picture.hidden, picture.confidence, picture.across, orderOf(date)],
  );
  const lines = useMemo(() => linesOf(shown.edges), [shown]);
  const labels = useMemo(
    () =>
      new Map([
        ...ends.labels,
        ...[...composition.elements.values()].map(
          ({ name, node }) => [name, node.displayName] as const,
        ),
      ]),
    [composition, ends.labels],
  );
  const say = useCallback(
    (edge: (typeof shown.edges)[number]) => speak(edge, labels),
    [speak, labels],
  );

  const search = usePaths({ ...picture, date, revision: answer.revision });
  const path = picture.lit > 0 ? search.paths[picture.lit - 1] : undefined;
  const lit = useMemo(() => {
    if (!path) return undefined;
    return {
      nodes: new Set(path.nodes.map((node) => node.name)),
      lines: new Set(linesOf(path.edges).map((line) => line.id)),
    };
  }, [path]);

  const step = (...steps: readonly Step[]): void => change((before) => withSteps(before, ...steps));
  const choose = (name: string): void => {
    setChosen(name);
    if (name) canvas.current?.reveal(name);
  };
  const actions: ElementActions = {
    choose,
    toggle: (name) => {
      const opened = composition.elements.get(name)?.opened;
      step(opened ? { kind: "close", name } : { kind: "open", name, types: [] });
    },
    pin: (name) => {
      const element = composition.elements.get(name);
      if (element)
        step(element.pinned ? { kind: "free", name } : { kind: "pin", name, at: element.at });
    },
    drop: (name) => {
      step({ kind: "drop", name });
      if (name === chosen) setChosen("");
    },
    nudge: (name, by) => {
      const at = composition.elements.get(name)?.at;
      if (at) step({ kind: "pin", name, at: { x: at.x + by.x, y: at.y + by.y } });
    },
  };
  const add = (name: string): void => {
    if (!composition.elements.has(name))
      step({ kind: "add", name }, { kind: "open", name, types: [] });
    choose(name);
  };
  const press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) undo?.();
    else if (key === "y" || (key === "z" && event.shiftKey)) redo?.();
    else return;
    event.preventDefault();
  };

  const element = composition.elements.get(chosen);
  const own = useMemo(
    () => shown.edges.filter((edge) => edge.from === chosen || edge.to === chosen),
    [shown, chosen],
  );
  const founded = useFounded(own);
  const markings = useMemo(
    () => [
      ...shown.elements.map((one) => one.node.marking),
      ...shown.edges.map((edge) => edge.marking),
    ],
    [shown],
  );
  const empty = picture.steps.length === 0;

  return (
    <div className="relations" onKeyDown={press}>
      <Title
        window="Relationships"
        lead="Start from any state, instrument, agency, theme or concern; expand it, and see how things hang together."
      >
        Relationships
      </Title>
      <MarkingBanner markings={markings} of="this picture" />
      <div className="relations-head">
        <Search
          label="Put a node into the picture"
          placeholder="Indonesia, ATT, diversion, customs …"
          kinds={kinds}
          choose={(hit) => add(hit.name)}
        />
        <Controls
          picture={picture}
          date={date}
          now={now}
          edges={composition.edges}
          change={change}
        />
      </div>
      {answer.fault && <Failure fault={answer.fault} retry={answer.retry} />}
      {composition.missing.length > 0 && (
        <p className="warning" role="status">
          {counted(composition.missing.length, "node")} of this picture{" "}
          {composition.missing.length === 1 ? "is" : "are"} not here, or not for you to see:{" "}
          {composition.missing.join(", ")}.
        </p>
      )}
      {answer.cut.length > 0 && (
        <p className="warning" role="status">
          {answer.cut.map((name) => labels.get(name) ?? name).join(", ")}: more neighbours than a
          picture holds; some are left out.
        </p>
      )}
      <div className={empty ? "relations-room bare" : "relations-room"} aria-busy={answer.loading}>
        <figure
          className="relations-figure"
          aria-label={`Picture of ${counted(shown.elements.length, "node")}`}
        >
          <Canvas
            ref={canvas}
            elements={shown.elements}
            lines={lines}
            chosen={chosen}
            lit={lit}
            carried={(name) => carriedBy(composition, name)}
            choose={setChosen}
            open={actions.toggle}
            move={(name: string, at: Point) => step({ kind: "pin", name, at })}
          />
          {empty && <Starters add={add} />}
          {!empty && answer.loading && composition.elements.size === 0 && (
            <div className="relations-waiting">
              <Waiting lines={3} label="Loading the picture" />
            </div>
          )}
          <div className="relations-buttons no-print" role="group" aria-label="The picture">
            <button type="button" className="quiet" onClick={undo} disabled={!undo}>
              Undo
            </button>
            <button type="button" className="quiet" onClick={redo} disabled={!redo}>
              Redo
            </button>
            <button
              type="button"
              className="quiet"
              aria-label="Closer"
              onClick={() => canvas.current?.zoom(1.4)}
            >
              +
            </button>
            <button
              type="button"
              className="quiet"
              aria-label="Farther"
              onClick={() => canvas.current?.zoom(1 / 1.4)}
            >
              −
            </button>
            <button type="button" className="quiet" onClick={() => canvas.current?.fit()}>
              Fit
            </button>
            <button
              type="button"
              className="quiet"
              disabled={empty}
              onClick={() => change((before) => ({ ...before, steps: [], lit: 0 }))}
            >
              Clear
            </button>
          </div>
          <figcaption className="relations-caption">
            <span role="status">
              {counted(shown.elements.length, "node")}, {counted(shown.edges.length, "statement")}{" "}
              as of {formatLong(date)}
              {composition.elements.size > shown.elements.length &&
                `; ${composition.elements.size - shown.elements.length} not shown by the filters`}
            </span>
          </figcaption>
        </figure>
        {!empty && (
          <div className="relations-side">
            <ElementList elements={shown.elements} chosen={chosen} actions={actions} />
            {element ? (
              <Founds answer={founded}>
                <Details
                  element={element}
                  edges={own}
                  labels={labels}
                  speak={speak}
                  actions={actions}
                  revision={answer.revision}
                  openOnly={(type) => step({ kind: "open", name: chosen, types: [type] })}
                  pathEnd={(which) => {
                    change((before) => ({ ...before, [which]: chosen, lit: 0 }));
                    document.getElementById("paths")?.scrollIntoView({ block: "start" });
                  }}
                />
              </Founds>
            ) : (
              <Empty>
                Choose a node, in the picture or in the list, to read what is said of it.
              </Empty>
            )}
          </div>
        )}
      </div>
      {!empty && (
        <>
          <Exports
            picture={{
              shown,
              date,
              speak: say,
              revision: answer.revision,
              confidence: picture.confidence,
              hidden: picture.hidden,
            }}
            leftOut={leftOut}
          />
          <section className="section" aria-labelledby="legend-title">
            <h2 id="legend-title">Legend and filter</h2>
            <Legend
              counts={shown.counts}
              hidden={picture.hidden}
              hide={(type, hidden) => change((before) => withHidden(before, type, hidden))}
              across={picture.across}
              cross={(across) => change((before) => ({ ...before, across }))}
            />
          </section>
        </>
      )}
      <Paths
        ends={picture}
        labels={labels}
        choose={(which, name) => change((before) => ({ ...before, [which]: name, lit: 0 }))}
        groupings={picture.groupings}
        change={(groupings) => change((before) => ({ ...before, groupings, lit: 0 }))}
        search={search}
        lit={picture.lit}
        show={(found, number) => {
          const fresh = found?.nodes.filter((node) => !composition.elements.has(node.name)) ?? [];
          change((before) => ({
            ...withSteps(before, ...fresh.map((node): Step => ({ kind: "add", name: node.name }))),
            lit: number,
          }));
        }}
        speak={speak}
      />
      {!empty && (
        <section className="section">
          <Behind shown={shown} speak={say} />
        </section>
      )}
    </div>
  );
}
