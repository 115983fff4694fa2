import type { View } from "../../app/registry";

export const view: View = {
  path: "/facts/:name*",
  title: "Facts",
  load: () => import("./Facts"),
};
