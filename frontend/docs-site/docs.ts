import { addCopyButtons } from "./copy-button.ts";
import { followHeadings } from "./follow-headings.ts";
import { startSearch } from "./search-box.ts";
import { startThemeSwitch } from "./theme-switch.ts";

// Whatever this adds, a page is whole without it.
startThemeSwitch();
addCopyButtons();
startSearch();
followHeadings();
