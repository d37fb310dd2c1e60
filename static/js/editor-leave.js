// Leaving with unsaved changes warns; Ctrl+S saves; a text too heavy to be sent is kept here and said so.

import { bodyHtml, editor, form, say, whenReady, words } from "./editor-text.js";

function saveButton() {
  return form.querySelector('button[name="_save"]:not(.visually-hidden)') ?? form.querySelector('button[type="submit"]');
}

function isSaveKey(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key?.toLowerCase() === "s";
}

export function startLeaving({ hasChanges, keepCopy }) {
  let isFree = false;
  window.addEventListener("beforeunload", (event) => {
    if (isFree || !hasChanges()) return;
    event.preventDefault();
  });
  for (const link of document.querySelectorAll("[data-leave-freely]")) {
    link.addEventListener("click", () => {
      isFree = true;
    });
  }
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    const limit = Number(form.dataset.limit);
    if (limit && new TextEncoder().encode(bodyHtml()).length > limit) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(words.tooLarge);
      editor()?.focus();
      return;
    }
    if (event.defaultPrevented) return;
    isFree = true;
    keepCopy?.(true);
  }, { capture: true });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isFree = false;
  });
  document.addEventListener("keydown", (event) => {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    form.requestSubmit(saveButton());
  });
  whenReady(() => {
    const instance = editor();
    if (!instance) return;
    instance.addCommand("portalSave", { exec: () => form.requestSubmit(saveButton()) });
    instance.setKeystroke(window.CKEDITOR.CTRL + 83, "portalSave");
  });
}
