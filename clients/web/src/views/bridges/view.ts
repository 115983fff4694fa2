import type { View } from "../../app/registry";

export const view: View = {
  path: "/bridges",
  title: "Bridges",
  order: 50,
  load: () => import("./Bridges"),
};
