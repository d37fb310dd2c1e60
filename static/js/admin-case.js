// The screen of a case: an unfolded verb takes the cursor, an address with its name unfolds it, typed words are not left behind.

const verbs = document.querySelectorAll(".cverb");

for (const verb of verbs) {
  verb.addEventListener("toggle", () => {
    if (!verb.open || verb.dataset.quiet) return;
    verb.querySelector(".cverb__form :is(select, textarea, input:not([type=hidden]))")?.focus({ preventScroll: true });
    verb.scrollIntoView({ block: "nearest" });
  });
}

// Nothing jumps when the screen opens: only what a person unfolds takes the cursor.
for (const verb of verbs) {
  if (!verb.open) continue;
  verb.dataset.quiet = "yes";
  requestAnimationFrame(() => requestAnimationFrame(() => delete verb.dataset.quiet));
}

function unfoldNamed() {
  const verb = document.getElementById(location.hash.slice(1));
  if (!verb?.matches(".cverb")) return;
  verb.closest(".cothers")?.setAttribute("open", "");
  verb.open = true;
}
window.addEventListener("hashchange", unfoldNamed);
unfoldNamed();

const typed = new Set();
for (const field of document.querySelectorAll(".cverb__form textarea")) {
  const before = field.value;
  field.addEventListener("input", () => {
    if (field.value.trim() && field.value !== before) typed.add(field);
    else typed.delete(field);
  });
}
for (const form of document.querySelectorAll("form")) form.addEventListener("submit", () => typed.clear());
window.addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});
