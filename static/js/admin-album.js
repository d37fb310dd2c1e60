// The album's pictures: added from the dialog, moved by buttons, taken out by their mark. Without scripts numbers do the same.

import { openLibrary } from "./library-dialog.js";

const root = document.querySelector("[data-album]");

function lines() {
  return [...root.querySelectorAll("[data-album-line]")];
}

function renumber() {
  for (const [index, line] of lines().entries()) {
    line.querySelector("[data-album-order]").value = index + 1;
    line.querySelector("[data-album-up]").disabled = index === 0;
    line.querySelector("[data-album-down]").disabled = index === lines().length - 1;
  }
}

function move(line, step, button) {
  const neighbour = step < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (!neighbour) return;
  if (step < 0) neighbour.before(line);
  else neighbour.after(line);
  renumber();
  (button.disabled ? line.querySelector(step < 0 ? "[data-album-down]" : "[data-album-up]") : button).focus();
  root.querySelector("[data-album-status]").textContent = `Ảnh đứng thứ ${lines().indexOf(line) + 1}/${lines().length}.`;
}

function dress(line) {
  const up = line.querySelector("[data-album-up]");
  const down = line.querySelector("[data-album-down]");
  up.addEventListener("click", () => move(line, -1, up));
  down.addEventListener("click", () => move(line, 1, down));
  line.querySelector("[data-album-buttons]").hidden = false;
  line.querySelector("[data-album-number]").hidden = true;
}

function add(picture) {
  const list = root.querySelector("[data-album-list]");
  const there = list.querySelector(`[data-album-line="${picture.id}"]`);
  if (there) {
    there.querySelector('input[type="checkbox"]').checked = true;
    there.querySelector('input[type="text"]').focus();
    return;
  }
  const copy = root.querySelector("template").content.firstElementChild.cloneNode(true);
  copy.innerHTML = copy.innerHTML.replaceAll("__id__", picture.id);
  copy.dataset.albumLine = picture.id;
  const drawn = copy.querySelector("img");
  drawn.src = picture.small;
  copy.querySelector("[data-album-title]").textContent = picture.title;
  copy.querySelector('input[type="text"]').placeholder = picture.caption;
  list.append(copy);
  dress(copy);
  renumber();
  copy.querySelector('input[type="text"]').focus();
}

if (root) {
  root.querySelector("[data-album-plain]").hidden = true;
  const open = root.querySelector("[data-album-add]");
  open.hidden = false;
  open.addEventListener("click", () => openLibrary(root.dataset.url, add));
  for (const line of lines()) dress(line);
  renumber();
}
