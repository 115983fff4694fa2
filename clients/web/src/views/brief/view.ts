import type { View } from "../../app/registry";

export const view: View = {
  path: "/states/:state*",
  title: "State brief",
  load: () => import("./Brief"),
};
