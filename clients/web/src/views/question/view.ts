import type { View } from "../../app/registry";

export const view: View = {
  path: "/questions/:number",
  title: "Question",
  load: () => import("./Question"),
};
