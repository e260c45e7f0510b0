import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { render } from "preact";
import { LocationProvider } from "preact-iso";

import { App } from "./app.tsx";
import { followSystemTheme } from "./state/theme.ts";

followSystemTheme();

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
/** What is drawn here; the documentation is pages of its own. */
const OURS = /^(?!\/docs(?:\/|$))/;

render(
  <LocationProvider scope={OURS}>
    <App />
  </LocationProvider>,
  root,
);
