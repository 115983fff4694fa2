// Finds room for nodes. What has a place keeps it: new nodes are put into free places around the one
// that they came from, away from where that one came from itself.
//
// Places are counted in units that are wide enough for a label and high enough for a line of it, so
// that no two nodes stand closer than a label needs.
import type { Point } from "./picture";

const unit: Point = { x: 104, y: 62 };
// How close two nodes may be, in units.
const closest = 0.96;
// How far the first ring is from the node in the middle.
const firstRing = 1.5;

interface Placed {
  u: number;
  v: number;
}

const toUnits = (at: Point): Placed => ({ u: at.x / unit.x, v: at.y / unit.y });
const toPoint = (at: Placed): Point => ({
  x: Math.round(at.u * unit.x),
  y: Math.round(at.v * unit.y),
});
const cellOf = (at: Placed): string => `${Math.floor(at.u)},${Math.floor(at.v)}`;

export class Layout {
  private readonly places = new Map<string, Placed>();
  private readonly cells = new Map<string, Set<string>>();

  at(name: string): Point | undefined {
    const place = this.places.get(name);
    return place && toPoint(place);
  }

  // Puts a node where somebody wants it, free or not.
  put(name: string, at: Point): void {
    this.remove(name);
    this.take(name, toUnits(at));
  }

  remove(name: string): void {
    const place = this.places.get(name);
    if (!place) return;
    this.places.delete(name);
    this.cells.get(cellOf(place))?.delete(name);
  }

  // Puts a node near the middle of `neighbours` that have a place or, without any, beside all.
  putNear(name: string, neighbours: readonly string[]): void {
    const near = neighbours.flatMap((one) => this.places.get(one) ?? []);
    if (this.places.size === 0) {
      this.take(name, { u: 0, v: 0 });
    } else if (near.length === 0) {
      const right = Math.max(...[...this.places.values()].map((place) => place.u));
      this.take(name, this.freeNear({ u: right + 3, v: 0 }));
    } else {
      const sum = near.reduce((one, other) => ({ u: one.u + other.u, v: one.v + other.v }));
      this.take(name, this.freeNear({ u: sum.u / near.length, v: sum.v / near.length }));
    }
  }

  // Puts nodes around `origin`; neighbours in `names` become neighbours on the plane. `parent` is the
  // node from which the origin came, if any.
  putAround(origin: string, names: readonly string[], parent: string | undefined): void {
    const middle = this.places.get(origin);
    if (!middle || names.length === 0) return;
    const slots = this.slotsAround(middle, names.length, this.outward(middle, parent));
    for (const [index, name] of names.entries()) this.take(name, slots[index] as Placed);
  }

  private outward(middle: Placed, parent: string | undefined): number | undefined {
    const from = parent === undefined ? undefined : this.places.get(parent);
    if (!from) return undefined;
    return Math.atan2(middle.v - from.v, middle.u - from.u);
  }

  // `count` free places around `middle`, the nearest ones first and then in the order of their angle.
  private slotsAround(middle: Placed, count: number, outward: number | undefined): Placed[] {
    // Where there is a side to prefer, more places than are needed are compared.
    const wanted = outward === undefined ? count : Math.ceil(count * 2.2) + 12;
    const slots: { place: Placed; angle: number; cost: number }[] = [];
    for (let ring = 0; slots.length < wanted; ring += 1) {
      const radius = firstRing + ring;
      const around = Math.floor((2 * Math.PI * radius) / 1.02);
      for (let index = 0; index < around; index += 1) {
        const angle = (2 * Math.PI * (index + (ring % 2) / 2)) / around;
        const place = {
          u: middle.u + radius * Math.cos(angle),
          v: middle.v + radius * Math.sin(angle),
        };
        if (!this.isFree(place)) continue;
        const turn = outward === undefined ? 0 : 1 - Math.cos(angle - outward);
        slots.push({ place, angle: angle - (outward ?? 0), cost: radius * (1 + 1.4 * turn) });
      }
    }
    return slots
      .sort((one, other) => one.cost - other.cost)
      .slice(0, count)
      .sort((one, other) => turned(one.angle) - turned(other.angle))
      .map((slot) => slot.place);
  }

  private freeNear(middle: Placed): Placed {
    if (this.isFree(middle)) return middle;
    for (let radius = 1; ; radius += 0.5) {
      const around = Math.ceil(2 * Math.PI * radius);
      for (let index = 0; index < around; index += 1) {
        const angle = (2 * Math.PI * index) / around;
        const place = {
          u: middle.u + radius * Math.cos(angle),
          v: middle.v + radius * Math.sin(angle),
        };
        if (this.isFree(place)) return place;
      }
    }
  }

  private isFree(place: Placed): boolean {
    const u = Math.floor(place.u);
    const v = Math.floor(place.v);
    for (let across = u - 1; across <= u + 1; across += 1) {
      for (let down = v - 1; down <= v + 1; down += 1) {
        for (const name of this.cells.get(`${across},${down}`) ?? []) {
          const other = this.places.get(name) as Placed;
          if (Math.hypot(other.u - place.u, other.v - place.v) < closest) return false;
        }
      }
    }
    return true;
  }

  private take(name: string, place: Placed): void {
    this.places.set(name, place);
    const cell = cellOf(place);
    const names = this.cells.get(cell);
    if (names) names.add(name);
    else this.cells.set(cell, new Set([name]));
  }
}

// An angle from 0 up to a whole turn.
function turned(angle: number): number {
  const whole = 2 * Math.PI;
  return ((angle % whole) + whole) % whole;
}
