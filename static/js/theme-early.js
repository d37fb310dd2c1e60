// Runs before the first paint: marks that scripts work and applies the reader's saved text size and contrast.
// A classic script on purpose: a module would run after the page has been drawn once in the wrong size.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var text = localStorage.getItem("portal-text");
    if (text === "small" || text === "large") root.dataset.text = text;
    if (localStorage.getItem("portal-contrast") === "high") root.dataset.contrast = "high";
  } catch (error) {
    // Storage switched off: the page stays in its normal look.
  }
})();
