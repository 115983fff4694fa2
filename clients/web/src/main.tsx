import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/print.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";

const place = document.getElementById("page");
if (!place) throw new Error("the document has no place for the page");
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
