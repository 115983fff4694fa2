import type { View } from "../../app/registry";

export const view: View = {
  path: "/convene",
  title: "Convening planner",
  order: 70,
  load: () => import("./Convene"),
};
