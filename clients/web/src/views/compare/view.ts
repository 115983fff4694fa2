import type { View } from "../../app/registry";

export const view: View = {
  path: "/compare",
  title: "Compare",
  order: 30,
  load: () => import("./Compare"),
};
