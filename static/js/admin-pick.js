// Choosing one picture from the library in a form: the article's picture, a video's poster.

import { openLibrary } from "./library-dialog.js";

function radioFor(pick, id) {
  const known = pick.querySelector(`input[type="radio"][value="${id}"]`);
  if (known) return known;
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = pick.dataset.name;
  radio.value = id;
  radio.hidden = true;
  pick.append(radio);
  return radio;
}

function showChosen(pick, source, words) {
  const chosen = pick.querySelector("[data-pick-chosen]");
  chosen.replaceChildren();
  chosen.hidden = !source;
  pick.querySelector("[data-pick-clear]").hidden = !source;
  if (!source) return;
  const drawn = Object.assign(document.createElement("img"), { src: source, alt: "", width: 96, height: 64 });
  const name = document.createElement("span");
  name.textContent = words;
  chosen.append(drawn, name);
}

function fillWords(picture) {
  const form = document.querySelector("#article_form");
  if (!form) return;
  const set = (name, value) => {
    const field = form.elements.namedItem(name);
    if (!field) return;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  set("alt_text", picture.alt);
  set("caption", picture.caption);
  set("is_decorative", picture.is_decorative);
}

function enhance(pick) {
  pick.querySelector("[data-pick-plain]").hidden = true;
  pick.querySelector("[data-pick-rich]").hidden = false;
  const marked = pick.querySelector('input[type="radio"]:checked');
  if (marked?.value) {
    const drawn = marked.parentElement.querySelector("img");
    showChosen(pick, drawn?.src, drawn?.alt);
  }
  const open = pick.querySelector("[data-pick-open]");
  open.addEventListener("click", () => {
    openLibrary(pick.dataset.url, (picture) => {
      radioFor(pick, picture.id).checked = true;
      showChosen(pick, picture.small, picture.title);
      if (pick.dataset.name === "library_picture") fillWords(picture);
      pick.dispatchEvent(new Event("change", { bubbles: true }));
      open.focus();
    });
  });
  pick.querySelector("[data-pick-clear]").addEventListener("click", () => {
    radioFor(pick, "").checked = true;
    showChosen(pick, "");
    open.focus();
  });
}

for (const pick of document.querySelectorAll("[data-pick]")) enhance(pick);
