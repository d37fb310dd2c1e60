// The article's screen: counters, “Trước khi đăng” kept up to date, the chosen picture shown, the editor's letters.

const form = document.querySelector("#article_form");
const field = (name) => form.elements.namedItem(name);

function editor() {
  return window.CKEDITOR?.instances?.id_body;
}

function bodyText() {
  const html = editor()?.getData() ?? field("body").value;
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
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

function addCounter(input) {
  const limit = Number(input.dataset.count);
  const counter = document.createElement("p");
  counter.className = "counter";
  const show = () => {
    const length = [...input.value.normalize("NFC").trim()].length;
    counter.textContent = length > limit ? `${length}/${limit}, hơi dài` : `${length}/${limit}`;
    counter.classList.toggle("counter--over", length > limit);
  };
  input.after(counter);
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
update();
