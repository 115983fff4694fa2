// The heading of a view. It takes the focus when the view opens, so that a screen reader begins
// here.
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

let first = true;

export function Title({
  children,
  window: title,
  lead,
}: {
  children: ReactNode;
  // The title of the window.
  window: string;
  // What the view is for, in a sentence.
  lead?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // When the page itself is loaded the focus stays where the browser puts it.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  useEffect(() => {
    document.title = title ? `${title} – Attlas` : "Attlas";
  }, [title]);
  return (
    <header className="title">
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {lead && <p className="lead">{lead}</p>}
    </header>
  );
}
