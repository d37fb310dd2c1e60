// The fold-outs of the frame are <details> and work alone; this adds Esc, and that one closes the other.

const FOLDS = "[data-menu], .strip__how, .strip__ease";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of document.querySelectorAll(FOLDS)) {
    if (!fold.open) continue;
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  const inside = event.target.closest(FOLDS);
  for (const fold of document.querySelectorAll(FOLDS)) {
    if (fold !== inside) fold.open = false;
  }
});
