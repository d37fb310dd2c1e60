// The about page's screen: remarks while writing, clean pasting, a warning before unsaved changes are left.

import { startChecks } from "./editor-checks.js";
import { startLeaving } from "./editor-leave.js";
import { startPaste } from "./editor-paste.js";
import { editor, form, snapshot, whenReady, words } from "./editor-text.js";

let opened = null;

if (window.CKEDITOR) {
  window.CKEDITOR.config.contentsCss = [words.editorCss];
  whenReady(() => {
    const root = editor()?.document?.getDocumentElement();
    root?.setAttribute("data-unit", document.documentElement.dataset.unit);
  });
}
whenReady(() => {
  opened = snapshot();
});
const wasRefused = form.querySelector(".fld--bad") !== null;
startChecks();
startPaste();
startLeaving({ hasChanges: () => opened !== null && (wasRefused || snapshot() !== opened) });
