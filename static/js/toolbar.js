// Text size and contrast. The choice is kept in this browser only; nothing is sent.

const root = document.documentElement;

/** Remember a choice, or forget it when it is the normal one. */
function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Storage switched off: the choice holds for this page.
  }
}

/** Make every copy of the buttons (strip, menu) show the present state. */
function show() {
  const size = root.dataset.text || "normal";
  for (const button of document.querySelectorAll("[data-text-size]")) {
    button.setAttribute("aria-pressed", String(button.dataset.textSize === size));
  }
  for (const button of document.querySelectorAll("[data-contrast-toggle]")) {
    button.setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
  }
}

document.addEventListener("click", (event) => {
  const size = event.target.closest("[data-text-size]");
  if (size) {
    const value = size.dataset.textSize === "normal" ? "" : size.dataset.textSize;
    if (value) root.dataset.text = value;
    else delete root.dataset.text;
    keep("portal-text", value);
    show();
  }
  if (event.target.closest("[data-contrast-toggle]")) {
    const value = root.dataset.contrast === "high" ? "" : "high";
    if (value) root.dataset.contrast = value;
    else delete root.dataset.contrast;
    keep("portal-contrast", value);
    show();
  }
});

show();
