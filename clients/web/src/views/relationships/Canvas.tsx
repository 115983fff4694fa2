// The picture itself, drawn by Cytoscape. It shows what it is given and tells what the reader does to
// it; what is shown, and where, is decided elsewhere.
import cytoscape from "cytoscape";
import { forwardRef, useEffect, useImperativeHandle, useRef } from "react";

import { Painter } from "./canvas/painter";
import { onThemeChange, styleOf } from "./canvas/style";
import type { Element } from "./model/compose";
import type { Line } from "./model/filters";
import type { Point } from "./model/picture";

export interface CanvasHandle {
  // Brings all of the picture into sight.
  fit: () => void;
  zoom: (by: number) => void;
  // Brings a node into sight, where it is out of it.
  reveal: (name: string) => void;
}

export interface Lit {
  nodes: ReadonlySet<string>;
  lines: ReadonlySet<string>;
}

interface Props {
  elements: readonly Element[];
  lines: readonly Line[];
  chosen: string;
  lit: Lit | undefined;
  // The nodes that go along when one is dragged.
  carried: (name: string) => readonly string[];
  choose: (name: string) => void;
  open: (name: string) => void;
  move: (name: string, at: Point) => void;
}

export const Canvas = forwardRef<CanvasHandle, Props>(function Canvas(props, handle) {
  const room = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter>();
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const container = room.current;
    if (!container) return undefined;
    const cy = cytoscape({
      container,
      style: styleOf(container),
      minZoom: 0.05,
      maxZoom: 4,
      boxSelectionEnabled: false,
      selectionType: "single",
      autounselectify: true,
      hideEdgesOnViewport: true,
      textureOnViewport: false,
      pixelRatio: Math.min(window.devicePixelRatio, 2),
    });
    const own = new Painter(cy, container);
    painter.current = own;
    listen(cy, latest);
    const stop = onThemeChange(() => cy.style(styleOf(container)));
    const size = new ResizeObserver(() => cy.resize());
    size.observe(container);
    return () => {
      stop();
      size.disconnect();
      own.stop();
      cy.destroy();
      painter.current = undefined;
    };
  }, []);

  const { elements, lines, chosen, lit } = props;
  useEffect(() => painter.current?.show(elements, lines), [elements, lines]);
  useEffect(() => painter.current?.mark(chosen, lit), [chosen, lit]);

  useImperativeHandle(
    handle,
    () => ({
      fit: () => painter.current?.fit(),
      zoom: (by) => painter.current?.zoom(by),
      reveal: (name) => painter.current?.reveal(name),
    }),
    [],
  );

  return (
    <>
      {/* Cytoscape would write a style element of its own, which the page's policy refuses; it does
          not where there is an element of this id. The rule it wants is in our style. */}
      <span id="__________cytoscape_stylesheet" hidden />
      <div ref={room} className="relations-canvas" aria-hidden="true" data-testid="canvas" />
    </>
  );
});

function listen(cy: cytoscape.Core, latest: { current: Props }): void {
  cy.on("tap", "node", (event) => latest.current.choose(event.target.id()));
  cy.on("tap", (event) => event.target === cy && latest.current.choose(""));
  cy.on("dbltap", "node", (event) => latest.current.open(event.target.id()));

  let carried: cytoscape.CollectionReturnValue | undefined;
  let before: Point | undefined;
  cy.on("grab", "node", (event) => {
    const node = event.target as cytoscape.NodeSingular;
    before = { ...node.position() };
    carried = cy.collection();
    for (const name of latest.current.carried(node.id()))
      carried = carried.union(cy.getElementById(name));
  });
  cy.on("drag", "node", (event) => {
    const now = (event.target as cytoscape.NodeSingular).position();
    if (!before) return;
    carried?.nodes().shift({ x: now.x - before.x, y: now.y - before.y });
    before = { ...now };
  });
  cy.on("dragfree", "node", (event) => {
    const node = event.target as cytoscape.NodeSingular;
    const { x, y } = node.position();
    latest.current.move(node.id(), { x: Math.round(x), y: Math.round(y) });
  });
}
