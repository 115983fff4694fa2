// The names beside nodes. Far away they could not be read and are not made; close by they are made over
// several frames, since measuring letters is slow. The names of what was expanded, chosen or marked
// are there at any distance, in letters that can be read.
import type cytoscape from "cytoscape";

import { smallestLabel } from "./style";

const perFrame = 24;
const size = 12.5;
const eminent = ".opened, .named, .chosen, .lit";

export class Labels {
  private frame = 0;
  private sized: cytoscape.NodeCollection;
  private eminentSize = 0;

  constructor(private readonly cy: cytoscape.Core) {
    this.sized = cy.collection().nodes();
    cy.on("zoom", () => this.refresh(false));
    cy.on("pan", () => this.more());
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }

  // Gives the eminent nodes the size of letters that the distance asks for. `changed`: others than
  // before are eminent.
  refresh(changed = true): void {
    const wanted = Math.max(14, 12 / this.cy.zoom());
    if (changed || wanted !== this.eminentSize) {
      this.eminentSize = wanted;
      const nodes = this.cy.nodes(eminent);
      this.cy.batch(() => {
        this.sized.difference(nodes).removeStyle("font-size text-max-width");
        nodes.style({ "font-size": wanted, "text-max-width": `${wanted * 14}px` });
      });
      this.sized = nodes;
    }
    this.more();
  }

  private more(): void {
    cancelAnimationFrame(this.frame);
    if (this.cy.zoom() * size < smallestLabel) return;
    this.frame = requestAnimationFrame(() => {
      const { x1, y1, x2, y2 } = this.cy.extent();
      const nodes = this.cy.nodes().filter((node) => {
        const { x, y } = node.position();
        return x >= x1 && x <= x2 && y >= y1 && y <= y2 && !node.hasClass("labelled");
      });
      if (nodes.empty()) return;
      nodes.slice(0, perFrame).addClass("labelled");
      this.more();
    });
  }
}
