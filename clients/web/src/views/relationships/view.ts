import type { View } from "../../app/registry";

export const view: View = {
  path: "/relationships",
  title: "Relationships",
  order: 15,
  load: () => import("./Relationships"),
};
