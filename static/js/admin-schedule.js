// The week's grid: the quick line, its suggestions, the table that follows, moving. Everything works without it.

import { startComboboxes } from "./admin-schedule-combobox.js";
import { startLine } from "./admin-schedule-line.js";
import { startMoving } from "./admin-schedule-move.js";
import { startTable, tableRoot } from "./admin-schedule-table.js";

const form = document.querySelector("[data-line]");

if (form) {
  startComboboxes(form);
  startLine(form);
  const bad = form.querySelector(".fld--bad :is(input, select)");
  // A new line begins at its time, a mended one where it is wrong.
  if (bad || !document.querySelector("[data-error-summary]")) (bad ?? form.elements.namedItem("time")).focus({ preventScroll: !bad });
  tableRoot.dataset.fresh = form.dataset.fresh;
}
startTable();
startMoving();
