import { describe, expect, it } from "vitest";

import { begin, go, redo, undo } from "../../../src/views/relationships/model/undo";

describe("undo", () => {
  it("goes back and forth, and forgets what is after a new change", () => {
    let line = go(go(begin(1), 2), 3);
    line = undo(line);
    expect(line.present).toBe(2);
    line = undo(line);
    expect([line.present, undo(line).present]).toEqual([1, 1]);
    line = redo(line);
    expect([line.present, redo(line).present, redo(redo(line)).present]).toEqual([2, 3, 3]);
    line = go(line, 9);
    expect([line.present, redo(line).present, undo(line).present]).toEqual([9, 9, 2]);
  });

  it("takes changes of one sort in a row as one", () => {
    const dragged = go(go(go(begin(0), 1, "year"), 2, "year"), 3, "year");
    expect(undo(dragged).present).toBe(0);
    expect(undo(go(dragged, 4)).present).toBe(3);
    expect(undo(go(undo(go(dragged, 4)), 5, "year")).present).toBe(3);
  });

  it("takes no change as none", () => {
    const line = begin(1);
    expect(go(line, 1)).toBe(line);
  });
});
