import type { View } from "../../app/registry";

export const view: View = {
  path: "/questions",
  title: "Questions",
  order: 20,
  load: () => import("./Questions"),
};
