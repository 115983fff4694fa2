// Where places are on the map, and how the map is turned and fitted to a region set.
import type { GeoPermissibleObjects, GeoProjection } from "d3-geo";
import { geoArea, geoEqualEarth } from "d3-geo";
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

export type Shape = Feature<Polygon | MultiPolygon>;

export interface Place {
  longitude: number;
  latitude: number;
  // Of the largest piece of land, in square kilometres.
  area: number;
}

export interface World {
  shapes: readonly Shape[];
  // By UN M49 code.
  places: Readonly<Record<string, Place>>;
}

let world: Promise<World> | undefined;

// The shapes of the world, loaded once and only where a map is shown.
export function loadWorld(): Promise<World> {
  world ??= Promise.all([
    import("../../gen/map/world.json"),
    import("../../gen/map/places.json"),
  ]).then(([shapes, places]) => {
    const topology = shapes.default as unknown as Topology<{ countries: GeometryCollection }>;
    const collection = feature(topology, topology.objects.countries) as FeatureCollection;
    return { shapes: collection.features as Shape[], places: places.default };
  });
  world.catch(() => (world = undefined));
  return world;
}

// The middle of the longitudes, seen from the side of the globe where they are: the widest empty
// stretch lies behind the map.
export function middleOf(longitudes: readonly number[]): number {
  const sorted = [...longitudes].sort((one, other) => one - other);
  const first = sorted[0];
  if (first === undefined) return 0;
  let widest = -1;
  let middle = 0;
  for (const [index, west] of sorted.entries()) {
    const east = sorted[index + 1] ?? first + 360;
    if (east - west <= widest) continue;
    widest = east - west;
    middle = (west + east) / 2 + 180;
  }
  return ((((middle + 180) % 360) + 360) % 360) - 180;
}

// The largest piece of a shape.
function mainland(shape: Shape): Polygon {
  if (shape.geometry.type === "Polygon") return shape.geometry;
  const pieces = shape.geometry.coordinates.map(
    (coordinates): Polygon => ({ type: "Polygon", coordinates }),
  );
  return pieces.reduce((best, piece) => (geoArea(piece) > geoArea(best) ? piece : best));
}

// A projection of the room that shows the places with these codes; without any, the whole world.
export function fitted(
  world: World,
  codes: ReadonlySet<string>,
  width: number,
  height: number,
): GeoProjection {
  const members = [...codes].flatMap((code) => world.places[code] ?? []);
  const room: [[number, number], [number, number]] = [
    [16, 16],
    [width - 16, height - 16],
  ];
  if (members.length === 0)
    return geoEqualEarth().rotate([-11, 0]).fitExtent(room, { type: "Sphere" });
  const projection = geoEqualEarth().rotate([
    -middleOf(members.map((place) => place.longitude)),
    0,
  ]);
  const shown: GeoPermissibleObjects = {
    type: "GeometryCollection",
    geometries: [
      ...world.shapes.filter((shape) => codes.has(String(shape.id))).map(mainland),
      {
        type: "MultiPoint",
        coordinates: members.map((place) => [place.longitude, place.latitude]),
      },
    ],
  };
  return projection.fitExtent(room, shown);
}

// The index of the point that one meets first when going from `from` in a direction; -1 for none.
export function nextPoint(
  points: readonly (readonly [number, number])[],
  from: number,
  direction: readonly [number, number],
): number {
  const start = points[from];
  if (!start) return points.length > 0 ? 0 : -1;
  let best = -1;
  let least = Infinity;
  for (const [index, point] of points.entries()) {
    const across = [point[0] - start[0], point[1] - start[1]] as const;
    const along = across[0] * direction[0] + across[1] * direction[1];
    const aside = Math.abs(across[0] * direction[1] - across[1] * direction[0]);
    if (index === from || along <= 0 || aside > along * 2) continue;
    const cost = along + aside * 1.5;
    if (cost >= least) continue;
    least = cost;
    best = index;
  }
  return best;
}
