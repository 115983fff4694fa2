// The views of the page: each is a folder `src/views/NAME` with a `view.ts` that exports `view`.
// Nothing else needs to be changed to add one.
import type { ComponentType } from "react";

export interface ViewProps {
  // The parts of the path that the view's pattern names.
  params: Record<string, string>;
}

export interface View {
  // The pattern of its path, such as `/states/:state`.
  path: string;
  // What the reader calls it: the title of the window and the entry of the navigation.
  title: string;
  // Its place in the navigation, smallest first; absent for a view that is reached by links alone.
  order?: number;
  // Loads the view's own code.
  load: () => Promise<{ default: ComponentType<ViewProps> }>;
}

const modules = import.meta.glob<{ view: View }>("../views/*/view.ts", { eager: true });

export const views: readonly View[] = Object.values(modules).map((module) => module.view);

export const navigation: readonly View[] = views
  .filter((view) => view.order !== undefined)
  .sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
