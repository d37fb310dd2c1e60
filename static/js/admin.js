// Every screen of the administration: busy buttons, folding of the filter on phones, the way to the first error.

const BUSY_WORDS = "Đang gửi…";

function showBusy(form, submitter) {
  form.dataset.sent = "yes";
  if (!submitter || submitter.classList.contains("visually-hidden")) return;
  // The width stays, so that nothing jumps under the finger.
  submitter.style.minWidth = `${submitter.offsetWidth}px`;
  submitter.dataset.words = submitter.innerHTML;
  submitter.textContent = BUSY_WORDS;
  submitter.setAttribute("aria-disabled", "true");
}

function restore() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[data-words]")) {
      button.innerHTML = button.dataset.words;
      button.removeAttribute("aria-disabled");
      delete button.dataset.words;
    }
  }
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    // A preview opens beside the form, which stays as it is.
    if (event.submitter?.formTarget) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    showBusy(form, event.submitter);
  });
}
// Coming back with the browser's back button finds the page as it was left.
window.addEventListener("pageshow", (event) => event.persisted && restore());

const phone = window.matchMedia("(max-width: 900px)");
for (const details of document.querySelectorAll("[data-fold-on-phone]")) {
  details.open = !phone.matches;
  phone.addEventListener("change", () => {
    details.open = !phone.matches;
  });
}

// The browser's “choose a file” speaks the browser's language; ours stands in front of it.
function dressFileField(input) {
  const frame = document.createElement("div");
  frame.className = "file";
  const button = document.createElement("span");
  button.className = "btn btn--plain";
  const thing = input.accept.startsWith("image") ? "ảnh" : "tệp";
  button.textContent = `Chọn ${thing}`;
  button.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.className = "file__name";
  const show = () => {
    const chosen = [...input.files].map((file) => file.name);
    name.textContent = chosen.length ? chosen.join(", ") : `Chưa chọn ${thing}`;
  };
  input.before(frame);
  frame.append(button, name, input);
  input.addEventListener("change", show);
  show();
}

for (const input of document.querySelectorAll('.fld input[type="file"]')) dressFileField(input);

// A menu of one's own name closes when the next thing is done elsewhere, or with Escape.
const menus = [...document.querySelectorAll("details.person, details.phone-menu")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-error-summary]")?.focus();
