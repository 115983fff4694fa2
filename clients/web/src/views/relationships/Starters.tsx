// Where an empty picture can begin.
import { useDirectory } from "../../api/directory";
import { useContextOfPage } from "../../app/context";
import { Glyph } from "./Glyph";

export function Starters({ add }: { add: (name: string) => void }) {
  const { target } = useContextOfPage();
  const directory = useDirectory("instrument", "state", "theme");
  const wanted = [`instruments/${target}`, "states/IDN", "themes/diversion-prevention"];
  const known = directory.entries.filter((entry) => wanted.includes(entry.name));
  return (
    <div className="relations-starters">
      <p>
        The picture is empty. Search for a node above
        {known.length > 0 && ", or start with one of these"}.
      </p>
      <div className="relations-actions">
        {known.map((entry) => (
          <button key={entry.name} type="button" className="quiet" onClick={() => add(entry.name)}>
            <Glyph type={entry.node.type} /> {entry.label}
          </button>
        ))}
      </div>
    </div>
  );
}
