import type { View } from "../../app/registry";

export const view: View = {
  path: "/transfers",
  title: "Transfers",
  order: 60,
  load: () => import("./Transfers"),
};
