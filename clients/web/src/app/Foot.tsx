// The foot of the page: what holds for every answer, and the key that can be turned off.
import { setShortcuts, useShortcuts } from "../shared/search/shortcut";

export function Foot() {
  const shortcuts = useShortcuts();
  return (
    <footer className="foot">
      <div className="foot-row">
        <p>
          Every answer names its date, its sources and how sure they are. Borders and names on maps
          take no side in any dispute.
        </p>
        <label>
          <input
            type="checkbox"
            checked={shortcuts}
            onChange={(event) => setShortcuts(event.target.checked)}
          />{" "}
          The key <kbd>/</kbd> leads to the search
        </label>
      </div>
    </footer>
  );
}
