import type { View } from "../../app/registry";

export const view: View = {
  path: "/",
  title: "Map",
  order: 10,
  load: () => import("./Start"),
};
