import type { View } from "../../app/registry";

export const view: View = {
  path: "/spaces",
  title: "Spaces",
  order: 90,
  load: () => import("./Spaces"),
};
