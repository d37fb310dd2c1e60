// The question and the comments at the end of a page. The page is cached and the same for everybody, so the forms, which
// carry a token, are fetched when they are touched. Without this script every link leads to a page that does the same.

import { proveBeforeSending } from "./proof.js";

const FRAGMENT = "phan=1";

async function part(url, options = {}) {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store", ...options });
  const text = await response.text();
  // 422 and 429 bring the form back with what to do; anything else is not ours.
  if (!response.ok && ![422, 429].includes(response.status)) throw new Error(String(response.status));
  return text;
}

function post(form) {
  return part(form.action, { method: "POST", body: new FormData(form) });
}

/** Put HTML of our own server into ``box`` and bring the reader's focus there. */
function show(box, html) {
  box.innerHTML = html;
  box.hidden = false;
  (box.querySelector("[data-summary], [data-thanks]") ?? box.querySelector("textarea, input:not([type=hidden])") ?? box).focus();
}

// --- Did it help? ---

function watchReason(box) {
  const form = box.querySelector("[data-reason]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(box, await post(form));
    watchReason(box);
  });
}

async function rate(section, chip) {
  const box = section.querySelector("[data-rating-answer]");
  const holder = document.createElement("div");
  holder.innerHTML = await part(`${section.dataset.rating}?${FRAGMENT}`);
  const form = holder.querySelector("form");
  const data = new FormData(form);
  data.set("level", chip.dataset.level);
  const html = await part(form.action, { method: "POST", body: data });
  for (const other of section.querySelectorAll("[data-level]")) other.removeAttribute("aria-current");
  chip.setAttribute("aria-current", "true");
  show(box, html);
  watchReason(box);
}

for (const section of document.querySelectorAll("[data-rating]")) {
  section.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-level]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    rate(section, chip).catch(() => {
      location.href = chip.href;
    });
  });
}

// --- Comments ---

function watchComment(box) {
  const form = box.querySelector("form[data-proof]");
  if (!form) return;
  proveBeforeSending(form, async () => {
    show(box, await post(form));
    watchComment(box);
  });
}

for (const box of document.querySelectorAll("[data-comment-form]")) {
  const link = box.querySelector("[data-comment-open]");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    part(`${link.href}?${FRAGMENT}`)
      .then((html) => {
        show(box, html);
        watchComment(box);
      })
      .catch(() => {
        location.href = link.href;
      });
  });
}

// --- A page of its own (comment, subscription): the same proof, then an ordinary sending. ---

for (const form of document.querySelectorAll("main form[data-proof]")) {
  if (!form.closest("[data-comment-form]")) proveBeforeSending(form, async () => form.submit());
}
