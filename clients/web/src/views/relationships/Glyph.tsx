// The shape of a node type, as the picture draws it.
import { lookOf } from "./model/looks";

export function Glyph({ type }: { type: string }) {
  const { family, corners } = lookOf(type);
  const points = corners.map((value) => 8 + value * 6.5);
  return (
    <svg className={`mark kind-${family}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {points.length === 0 ? (
        <circle cx="8" cy="8" r="6.5" />
      ) : (
        <polygon points={points.join(" ")} />
      )}
    </svg>
  );
}
