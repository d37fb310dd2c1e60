// “Đã có câu giống vậy”: answered questions for what is being written, under the box. Without this script the same
// questions are shown on a page of their own before sending.

const WAIT = 400; // ms after the last key
const LEAST = 12; // letters; shorter texts find everything

const form = document.querySelector("[data-question]");
const box = form?.querySelector("[data-like]");
const list = form?.querySelector("[data-like-list]");
const status = form?.querySelector("[data-like-status]");
const text = form?.elements.text;
const shown = new Set();
let timer = 0;
let newest = 0;

function show(questions) {
  list.replaceChildren(
    ...questions.map(({ title, url }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = title;
      item.append(link);
      return item;
    }),
  );
  const isNew = questions.some(({ code }) => !shown.has(code));
  for (const { code } of questions) shown.add(code);
  form.elements.shown.value = [...shown].slice(-20).join(",");
  box.hidden = questions.length === 0;
  if (isNew) status.textContent = status.dataset.words;
}

async function ask() {
  const words = text.value.trim();
  const number = ++newest;
  if (words.length < LEAST) {
    box.hidden = true;
    return;
  }
  const url = new URL(form.dataset.suggest, location.href);
  url.searchParams.set("q", words.slice(0, 300));
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok) return;
    const { questions } = await response.json();
    if (number === newest) show(questions);
  } catch {
    // No line: the page before sending asks again.
  }
}

text?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
