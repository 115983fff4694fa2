// What part of the picture is in sight. It is reckoned by where nodes stand; to ask Cytoscape for the
// bounds of thousands of labels takes longer than a frame.
import type cytoscape from "cytoscape";

import type { Point } from "../model/picture";

// Room around the outermost nodes, for their labels.
const room: Point = { x: 60, y: 40 };
const closest = 1.25;

export class Sight {
  constructor(private readonly cy: cytoscape.Core) {}

  fit(places: readonly Point[]): void {
    if (places.length === 0) return;
    const { left, top, right, bottom } = boundsOf(places);
    const zoom = Math.min(
      this.cy.width() / (right - left + 2 * room.x),
      this.cy.height() / (bottom - top + 2 * room.y),
      closest,
    );
    this.show({ x: (left + right) / 2, y: (top + bottom) / 2 }, Math.max(zoom, this.cy.minZoom()));
  }

  zoom(by: number): void {
    const middle = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: middle });
  }

  centre(place: Point): void {
    this.show(place, this.cy.zoom());
  }

  // Whether all places are in sight.
  holds(places: readonly Point[]): boolean {
    if (places.length === 0) return true;
    const { left, top, right, bottom } = boundsOf(places);
    const { x1, y1, x2, y2 } = this.cy.extent();
    return left >= x1 && top >= y1 && right <= x2 && bottom <= y2;
  }

  private show(middle: Point, zoom: number): void {
    const pan = {
      x: this.cy.width() / 2 - middle.x * zoom,
      y: this.cy.height() / 2 - middle.y * zoom,
    };
    this.cy.viewport({ zoom, pan });
  }
}

function boundsOf(places: readonly Point[]) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of places) {
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return bounds;
}
