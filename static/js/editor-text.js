// What all scripts of a writing page share: the form, its editor, its words as one text.

export const form = document.querySelector("#article_form, #page_form");
export const field = (name) => form.elements.namedItem(name);
export const words = document.querySelector("[data-words][hidden]")?.dataset ?? {};
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "base_version", "form_key"]);

export function editor() {
  return window.CKEDITOR?.instances?.id_body;
}

// Runs once the editor can be written in; at once where there is none (or it did not load).
export function whenReady(run) {
  const { CKEDITOR } = window;
  if (!CKEDITOR) run();
  else if (editor()?.status === "ready") run();
  else CKEDITOR.on("instanceReady", () => run());
}

export function whenChanged(run) {
  form.addEventListener("input", run);
  form.addEventListener("change", run);
  whenReady(() => editor()?.on("change", run));
}

export function bodyHtml() {
  return editor()?.status === "ready" ? editor().getData() : (field("body")?.value ?? "");
}

// The form as it would be sent, without files: for keeping, and for telling whether anything changed.
export function formData() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  if (data.has("body")) data.set("body", bodyHtml());
  return data;
}

export function snapshot() {
  return JSON.stringify([...formData()].filter(([name]) => !NOT_TYPED.has(name)));
}

export function fill(entries) {
  const values = new Map(entries);
  for (const input of form.elements) {
    if (!input.name || NOT_TYPED.has(input.name) || input.type === "file" || input.name === "body") continue;
    if (input.type === "checkbox") input.checked = entries.some(([name, value]) => name === input.name && value === input.value);
    else if (input.type === "radio") input.checked = values.get(input.name) === input.value;
    else if (values.has(input.name)) input.value = values.get(input.name);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!values.has("body")) return;
  if (editor()) editor().setData(values.get("body"));
  else field("body").value = values.get("body");
}

export async function send(url, data) {
  const token = field("csrfmiddlewaretoken").value;
  if (!data.has("csrfmiddlewaretoken")) data.set("csrfmiddlewaretoken", token);
  return fetch(url, { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
}

// A note right above the editor, read out politely.
export function say(text) {
  let note = document.querySelector("[data-editor-note]");
  if (!note) {
    note = document.createElement("p");
    note.className = "editor-note";
    note.dataset.editorNote = "";
    note.setAttribute("role", "status");
    (document.querySelector(".django-ckeditor-widget") ?? field("body")).before(note);
  }
  note.textContent = text;
}
