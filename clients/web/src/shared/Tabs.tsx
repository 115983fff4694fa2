// Ways to look at one subject, each with its own address.
import { useContextOfPage } from "../app/context";
import type { Changes } from "../app/context";
import { Link } from "./Link";

export interface Tab {
  value: string;
  label: string;
  // What goes along.
  keep?: Changes;
}

export function Tabs({
  label,
  path,
  name,
  tabs,
  current,
}: {
  label: string;
  path: string;
  // The name of the choice in the address.
  name: string;
  tabs: readonly Tab[];
  current: string;
}) {
  const { href } = useContextOfPage();
  return (
    <nav className="tabs no-print" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.value}>
            <Link
              to={href(path, { ...tab.keep, [name]: tab.value })}
              aria-current={tab.value === current ? "page" : undefined}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
