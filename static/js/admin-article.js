// The article's screen: counters, “Trước khi đăng” kept up to date, the chosen picture shown, the editor's letters;
// autosave, presence, remarks, pasting and leaving each have a module of their own.

import { hasChanges, keepCopy, startAutosave } from "./editor-autosave.js";
import { startAddress } from "./editor-address.js";
import { startChecks } from "./editor-checks.js";
import { startLeaving } from "./editor-leave.js";
import { startPaste } from "./editor-paste.js";
import { startPresence } from "./editor-presence.js";
import { bodyHtml, editor, field, form, words } from "./editor-text.js";

function bodyText() {
  return new DOMParser().parseFromString(bodyHtml(), "text/html").body.textContent.trim();
}

const preview = form.querySelector("[data-picture-preview]");
const hasStoredPicture = preview && !preview.hidden;

function hasPicture() {
  if (field("upload")?.files?.length) return true;
  return hasStoredPicture && !field("remove_picture")?.checked;
}

const tests = {
  title: () => field("title").value.trim() !== "",
  summary: () => field("summary").value.trim() !== "",
  body: () => bodyText() !== "",
  category: () => field("category").value !== "",
  alt_text: () => !hasPicture() || field("alt_text").value.trim() !== "" || field("is_decorative").checked,
};

function update() {
  for (const line of form.querySelectorAll("[data-check]")) {
    const name = line.dataset.check;
    const met = tests[name]();
    let words = met ? line.dataset.met : line.dataset.unmet;
    if (name === "alt_text" && met) words = hasPicture() ? line.dataset.described : line.dataset.none;
    line.classList.toggle("checks__line--unmet", !met);
    const link = line.querySelector("[data-words]");
    if (link.textContent !== words) link.textContent = words;
  }
}

const SAY_AFTER = 1200;

// Seen at every letter; read out only after a pause, and only near or over the advice.
function addCounter(input) {
  const limit = Number(input.dataset.count);
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  let timer = 0;
  const show = () => {
    const length = [...input.value.normalize("NFC").trim()].length;
    const isOver = length > limit;
    counter.textContent = isOver ? `${length}/${limit}, ${words.over}` : `${length}/${limit}`;
    counter.classList.toggle("counter--over", isOver);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isNear = length > limit * 0.9 && document.activeElement === input;
      const text = `${length}/${limit} ${words.characters}${isOver ? `, ${words.over}` : ""}`;
      spoken.textContent = isNear ? text : "";
    }, SAY_AFTER);
  };
  input.after(counter, spoken);
  input.addEventListener("input", show);
  show();
}

function showChosenPicture() {
  const file = field("upload").files[0];
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const picture = preview.querySelector("img");
    picture.removeAttribute("width");
    picture.removeAttribute("height");
    // A file that is no picture shows nothing here; the server says why when it is sent.
    picture.onerror = () => {
      preview.hidden = true;
    };
    picture.src = reader.result;
    const words = preview.querySelector("[data-preview-words]");
    words.textContent = words.dataset.new;
    preview.hidden = false;
  });
  reader.readAsDataURL(file);
}

function watchEditor() {
  const { CKEDITOR } = window;
  if (!CKEDITOR) return;
  CKEDITOR.config.contentsCss = [form.dataset.editorCss];
  CKEDITOR.on("instanceReady", ({ editor: instance }) => {
    const root = instance.document?.getDocumentElement();
    root?.setAttribute("data-unit", document.documentElement.dataset.unit);
    instance.on("change", update);
    update();
  });
}

for (const input of form.querySelectorAll("[data-count]")) addCounter(input);
form.addEventListener("input", update);
form.addEventListener("change", update);
field("upload")?.addEventListener("change", showChosenPicture);
// The text field is hidden behind the editor: what leads to it leads into the editor.
for (const link of document.querySelectorAll('a[href="#id_body"], label[for="id_body"]')) {
  link.addEventListener("click", (event) => {
    if (!editor()) return;
    event.preventDefault();
    editor().focus();
  });
}
watchEditor();
startAddress();
startAutosave();
startPresence();
startChecks();
startPaste();
startLeaving({ hasChanges, keepCopy });
update();
