// The checklist of a procedure: ticks are kept in this browser alone, by procedure, until the reader takes them off.
// Without this script, or where the browser keeps nothing, the boxes tick all the same.

const PREFIX = "giay-to:";

/** What was ticked last time, as a set of the papers' keys; empty where nothing is kept or it can not be read. */
function kept(code) {
  try {
    const keys = JSON.parse(localStorage.getItem(PREFIX + code) ?? "[]");
    return new Set(Array.isArray(keys) ? keys : []);
  } catch {
    return new Set();
  }
}

function keep(code, keys) {
  try {
    if (keys.length) localStorage.setItem(PREFIX + code, JSON.stringify(keys));
    else localStorage.removeItem(PREFIX + code);
  } catch {
    // A browser that keeps nothing: the ticks stand until the page is left.
  }
}

for (const list of document.querySelectorAll("[data-checklist]")) {
  const code = list.dataset.checklist;
  const boxes = [...list.querySelectorAll("[data-paper]")];
  const state = list.querySelector("[data-checks-state]");
  const clear = list.querySelector("[data-checks-clear]");

  const tell = () => {
    const number = boxes.filter((box) => box.checked).length;
    state.textContent = number ? state.dataset.words.replace("{số}", number).replace("{tổng}", boxes.length) : "";
    clear.hidden = !number;
  };
  const before = kept(code);
  for (const box of boxes) if (before.has(box.dataset.paper)) box.checked = true;
  tell();

  list.addEventListener("change", () => {
    keep(code, boxes.filter((box) => box.checked).map((box) => box.dataset.paper));
    tell();
  });
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep(code, []);
    tell();
    boxes[0]?.focus();
  });
}

// Older browsers print folded text only when it is open.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.fold:not([open])")];
  for (const part of opened) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened = [];
});
