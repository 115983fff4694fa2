// The map: states coloured by how they stand. Small islands have marks, so that none is lost in the
// ocean. One state is in the order of the tabulator; the arrow keys go from state to state.
import type { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { geoPath } from "d3-geo";
import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent } from "react";

import { goTo } from "../../app/location";
import { statusWord } from "../../lib/words";
import { statusLook } from "../../shared/StatusMark";
import { fitted, loadWorld, nextPoint } from "./geography";
import type { World } from "./geography";
import { Patterns, fillOf } from "./Patterns";

// The shapes are on their way while the first answers are; a failure is told where they are drawn.
loadWorld().catch(() => undefined);

export interface MapState {
  name: string;
  label: string;
  // UN M49.
  code: string;
  status: ParticipationStatus;
  // Where the page shows it.
  address: string;
}

// A place that takes fewer square pixels than this has a mark.
const smallest = 60;
const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const kinds: Record<number, string> = Object.fromEntries(
  Object.entries(statusLook).map(([status, look]) => [status, look.kind]),
);

function useSize(): [React.RefObject<HTMLDivElement>, { width: number; height: number }] {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const measure = (): void =>
      setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [room, size];
}

interface Drawn {
  // Land that has no status in this set.
  land: { key: string; path: string }[];
  // By code: the shape, and where its mark or label stands.
  paths: Map<string, string>;
  points: Map<string, [number, number]>;
  small: Set<string>;
}

function draw(
  world: World,
  codes: ReadonlySet<string>,
  whole: boolean,
  width: number,
  height: number,
): Drawn {
  const projection = fitted(world, whole ? new Set() : codes, width, height);
  projection.clipExtent([
    [-20, -20],
    [width + 20, height + 20],
  ]);
  const toPath = geoPath(projection).digits(1);
  const drawn: Drawn = { land: [], paths: new Map(), points: new Map(), small: new Set(codes) };
  for (const [index, shape] of world.shapes.entries()) {
    const path = toPath(shape);
    if (!path) continue;
    const code = String(shape.id);
    if (!codes.has(code)) {
      drawn.land.push({ key: `${code} ${index}`, path });
      continue;
    }
    drawn.paths.set(code, (drawn.paths.get(code) ?? "") + path);
    if (toPath.area(shape) >= smallest) drawn.small.delete(code);
  }
  for (const code of codes) {
    const place = world.places[code];
    const point = place && projection([place.longitude, place.latitude]);
    if (point) drawn.points.set(code, point);
  }
  return drawn;
}

const Land = memo(function Land({ land }: { land: Drawn["land"] }) {
  return (
    <g className="land" aria-hidden="true">
      {land.map(({ key, path }) => (
        <path key={key} d={path} />
      ))}
    </g>
  );
});

export function RegionMap({
  states,
  whole,
  label,
}: {
  states: readonly MapState[];
  // Whether to show the whole world rather than where the states are.
  whole: boolean;
  label: string;
}) {
  const [world, setWorld] = useState<World>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    loadWorld().then(setWorld, () => setFailed(true));
  }, []);
  const [room, { width, height }] = useSize();
  const codeList = states.map((state) => state.code).join(" ");
  const drawn = useMemo(
    () =>
      world && width > 0
        ? draw(world, new Set(codeList.split(" ").filter(Boolean)), whole, width, height)
        : undefined,
    [world, codeList, whole, width, height],
  );
  const prefix = useId().replaceAll(":", "");

  return (
    <div className="map-room" ref={room}>
      {drawn && (
        <Canvas
          drawn={drawn}
          states={states}
          width={width}
          height={height}
          prefix={prefix}
          label={label}
        />
      )}
      {failed && (
        <p className="map-failed">
          The shapes of the map could not be loaded; the table below has all states.
        </p>
      )}
    </div>
  );
}

function Canvas({
  drawn,
  states,
  width,
  height,
  prefix,
  label,
}: {
  drawn: Drawn;
  states: readonly MapState[];
  width: number;
  height: number;
  prefix: string;
  label: string;
}) {
  const view = useZoom(width, height);
  const [current, setCurrent] = useState<string>();
  const [entry, setEntry] = useState<string>();
  const nodes = useRef(new Map<string, { focus: () => void }>());
  const shown = useMemo(
    () => states.filter((state) => drawn.points.has(state.code)),
    [states, drawn],
  );
  // Large ones first, so that marks lie on top of them.
  const ordered = useMemo(
    () => [...shown].sort((one, other) => rank(drawn, one) - rank(drawn, other)),
    [shown, drawn],
  );
  const tabbed = entry && shown.some((state) => state.name === entry) ? entry : ordered[0]?.name;

  const step = (event: KeyboardEvent, from: MapState): void => {
    const direction = steps[event.key];
    if (!direction) return;
    event.preventDefault();
    const points = shown.map(
      (state) => drawn.points.get(state.code) ?? ([0, 0] as [number, number]),
    );
    const next = shown[nextPoint(points, shown.indexOf(from), direction)];
    if (!next) return;
    setEntry(next.name);
    nodes.current.get(next.name)?.focus();
  };
  const told = shown.find((state) => state.name === current);
  const point = told && drawn.points.get(told.code);

  return (
    <>
      <svg
        className="map"
        viewBox={view.box}
        width={width}
        height={height}
        role="group"
        aria-label={label}
        {...view.handlers}
      >
        <Patterns prefix={prefix} kinds={kinds} />
        <Land land={drawn.land} />
        {ordered.map((state) => (
          <a
            key={state.name}
            ref={(node) => {
              if (node) nodes.current.set(state.name, node);
              else nodes.current.delete(state.name);
            }}
            href={state.address}
            className="map-state"
            tabIndex={state.name === tabbed ? 0 : -1}
            aria-label={`${state.label}: ${statusWord(state.status)}`}
            data-state={state.name}
            data-status={statusLook[state.status]?.kind}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              if (!view.moved()) goTo(state.address);
            }}
            onKeyDown={(event) => step(event, state)}
            onFocus={() => {
              setEntry(state.name);
              setCurrent(state.name);
            }}
            onBlur={() => setCurrent(undefined)}
            onPointerEnter={() => setCurrent(state.name)}
            onPointerLeave={() => setCurrent(undefined)}
          >
            <StateShape state={state} drawn={drawn} prefix={prefix} scale={view.scale} />
          </a>
        ))}
      </svg>
      {told && point && (
        <p className="map-label" aria-hidden="true" style={view.labelAt(point)}>
          <strong>{told.label}</strong> {statusWord(told.status)}
        </p>
      )}
      <div className="map-zoom no-print" role="group" aria-label="Zoom of the map">
        <button type="button" className="quiet" onClick={() => view.zoom(1.6)} aria-label="Closer">
          +
        </button>
        <button
          type="button"
          className="quiet"
          onClick={() => view.zoom(1 / 1.6)}
          aria-label="Farther"
          disabled={view.scale <= 1}
        >
          −
        </button>
        {view.scale > 1 && (
          <button
            type="button"
            className="quiet"
            onClick={(event) => {
              // This button goes; the focus stays with its neighbours.
              event.currentTarget.parentElement?.querySelector("button")?.focus();
              view.reset();
            }}
          >
            Whole
          </button>
        )}
      </div>
    </>
  );
}

const rank = (drawn: Drawn, state: MapState): number => (drawn.small.has(state.code) ? 1 : 0);

function StateShape({
  state,
  drawn,
  prefix,
  scale,
}: {
  state: MapState;
  drawn: Drawn;
  prefix: string;
  scale: number;
}) {
  const look = statusLook[state.status] ?? statusLook[0];
  const path = drawn.paths.get(state.code);
  const point = drawn.points.get(state.code);
  return (
    <>
      {path && (
        <path
          className={`shape status-${look.kind}`}
          d={path}
          style={{ fill: fillOf(state.status, prefix) }}
        />
      )}
      {drawn.small.has(state.code) && point && (
        <g transform={`translate(${point[0]} ${point[1]}) scale(${1 / scale})`}>
          <circle r="12" className="map-touch" />
          <path
            className={`map-mark status-${look.kind}`}
            d={look.shape}
            transform="translate(-8 -8)"
            fillRule="evenodd"
          />
        </g>
      )}
    </>
  );
}

// Which part of the map is seen: nearer by the buttons, moved by dragging.
function useZoom(width: number, height: number) {
  const [scale, setScale] = useState(1);
  const [middle, setMiddle] = useState<[number, number]>([0.5, 0.5]);
  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>();
  const wasMoved = useRef(false);
  const bounded = (value: number, by: number): number =>
    Math.min(1 - 0.5 / by, Math.max(0.5 / by, value));
  const left = (middle[0] - 0.5 / scale) * width;
  const top = (middle[1] - 0.5 / scale) * height;
  return {
    scale,
    box: `${left} ${top} ${width / scale} ${height / scale}`,
    moved: () => wasMoved.current,
    labelAt: ([x, y]: [number, number]) => {
      const across = (x - left) * scale;
      const down = (y - top) * scale;
      return {
        left: `${Math.min(Math.max(across, 90), Math.max(width - 90, 90))}px`,
        top: `${down}px`,
        transform: `translate(-50%, ${down > height * 0.75 ? "calc(-100% - 16px)" : "16px"})`,
      };
    },
    reset: () => {
      setScale(1);
      setMiddle([0.5, 0.5]);
    },
    zoom: (by: number) => {
      const next = Math.min(Math.max(scale * by, 1), 16);
      setScale(next);
      setMiddle([bounded(middle[0], next), bounded(middle[1], next)]);
    },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        wasMoved.current = false;
        drag.current = { x: event.clientX, y: event.clientY, moved: false };
      },
      onPointerMove: (event: PointerEvent) => {
        const from = drag.current;
        if (!from || scale <= 1 || event.buttons === 0) return;
        const across = event.clientX - from.x;
        const down = event.clientY - from.y;
        if (!from.moved && Math.hypot(across, down) < 4) return;
        wasMoved.current = true;
        drag.current = { x: event.clientX, y: event.clientY, moved: true };
        setMiddle([
          bounded(middle[0] - across / width / scale, scale),
          bounded(middle[1] - down / height / scale, scale),
        ]);
      },
      onPointerUp: () => (drag.current = undefined),
    },
  };
}
