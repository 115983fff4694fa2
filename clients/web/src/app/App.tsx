// The frame of the page: head, navigation, and the view that the address names.
import { Suspense, lazy, useEffect, useMemo } from "react";
import type { ComponentType } from "react";

import { useIdentity } from "../api/identity";
import { Citations, SourceList } from "../shared/citations/Citations";
import { Waiting } from "../shared/AnswerState";
import { Boundary } from "./Boundary";
import { Foot } from "./Foot";
import { Head } from "./Head";
import { useAddress } from "./location";
import type { View, ViewProps } from "./registry";
import { views } from "./registry";
import { findView } from "./routes";
import { NotHere } from "./NotHere";

const loaded = new Map<View, ComponentType<ViewProps>>();

// The component of a view, whose code is loaded when it is first shown.
function componentOf(view: View): ComponentType<ViewProps> {
  const known = loaded.get(view);
  if (known) return known;
  const component = lazy(view.load);
  loaded.set(view, component);
  return component;
}

export function App() {
  const address = useAddress();
  const match = useMemo(() => findView(views, address.pathname), [address.pathname]);
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [address.pathname]);

  const { edition } = useIdentity();
  const Shown = match ? componentOf(match.view) : undefined;
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Head current={match?.view} />
      <main id="content" tabIndex={-1}>
        <Boundary key={`${edition} ${address.pathname}`}>
          {Shown && match ? (
            <Citations>
              <Suspense fallback={<Waiting lines={12} />}>
                <Shown params={match.params} />
                <SourceList />
              </Suspense>
            </Citations>
          ) : (
            <NotHere />
          )}
        </Boundary>
      </main>
      <Foot />
    </>
  );
}
