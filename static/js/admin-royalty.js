// The print view: a button that opens the browser's own print window; without scripts the page says Ctrl + P.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
