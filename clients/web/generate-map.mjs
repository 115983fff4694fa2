// Writes the map's shapes and points into src/gen, from the world-atlas package (Natural Earth).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const { resolve } = createRequire(import.meta.url);
const atlas = (scale) =>
  JSON.parse(readFileSync(resolve(`world-atlas/countries-${scale}.json`), "utf8"));

const earthRadiusKm = 6371;
const antarctica = "010";

// The largest piece of land of a place: France is drawn where its mainland is.
function mainland(geometry) {
  if (geometry.type === "Polygon") return geometry;
  const pieces = geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return pieces.reduce((best, piece) => (geoArea(piece) > geoArea(best) ? piece : best));
}

// Where each place is and how large, by its UN M49 code. The fine scale alone has every small
// island state.
function placesOf(topology) {
  const places = {};
  for (const shape of feature(topology, topology.objects.countries).features) {
    if (shape.id === undefined || shape.id === antarctica) continue;
    const land = mainland(shape.geometry);
    const area = geoArea(land) * earthRadiusKm ** 2;
    if (places[shape.id] && places[shape.id].area > area) continue;
    const [longitude, latitude] = geoCentroid(land).map(
      (degrees) => Math.round(degrees * 100) / 100,
    );
    places[shape.id] = { longitude, latitude, area: Math.round(area) };
  }
  return places;
}

// The shapes without what the map does not use. A shape without a code belongs to no state here.
function shapesOf(topology) {
  const geometries = topology.objects.countries.geometries
    .filter((geometry) => geometry.id !== antarctica)
    .map(({ type, id, arcs }) => ({ type, id, arcs }));
  return { ...topology, objects: { countries: { type: "GeometryCollection", geometries } } };
}

const target = join(here, "src/gen/map");
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "places.json"), JSON.stringify(placesOf(atlas("10m"))));
writeFileSync(join(target, "world.json"), JSON.stringify(shapesOf(atlas("50m"))));
