// “Nên xem lại”: the server's remarks on the text as it stands, the way to each place, and what it can mend by itself.

import { bodyHtml, editor, field, form, send, whenChanged } from "./editor-text.js";

const AFTER_TYPING = 1500;
const list = document.querySelector("[data-findings]");
const said = document.querySelector("[data-findings-said]");
let asked = 0;
let timer = 0;

function typed() {
  const data = new FormData();
  for (const name of ["title", "summary"]) if (field(name)) data.set(name, field(name).value);
  data.set("body", bodyHtml());
  return data;
}

function dress() {
  for (const button of list.querySelectorAll("[data-mend]")) button.hidden = false;
}

function show(html) {
  if (list.dataset.shown === html) return;
  const hadFocus = list.contains(document.activeElement);
  const wasOpen = list.querySelector("details")?.open;
  list.dataset.shown = html;
  list.innerHTML = html;
  dress();
  if (wasOpen && list.querySelector("details")) list.querySelector("details").open = true;
  if (hadFocus) document.querySelector("#nen-xem-lai").focus();
}

async function check() {
  const number = ++asked;
  try {
    const answer = await send(list.dataset.checksUrl, typed());
    if (!answer.ok || number !== asked) return;
    show((await answer.json()).html);
    const count = list.querySelector(".findings__count");
    const text = count?.textContent ?? list.textContent.trim();
    if (said.textContent !== text) said.textContent = text;
  } catch {
    // Without the network the last remarks stay.
  }
}

const folded = (text) => text.normalize("NFC").replace(/[\s\u00a0]+/g, " ").trim();

// The element a remark speaks of: the n-th of its kind, or the first that has its words when the text has moved.
function placeOf(root, { tag, number, excerpt }) {
  const all = [...root.querySelectorAll(tag)];
  const start = folded(excerpt ?? "").replace(/…$/, "").slice(0, 40);
  const fits = (node) => node.tagName === "IMG" || node.tagName === "TABLE" || !start || folded(node.textContent).includes(start);
  const nth = all[Number(number)];
  return nth && fits(nth) ? nth : (all.find(fits) ?? nth);
}

function goTo(link) {
  const { field: name, tag } = link.dataset;
  const input = field(name);
  if (name !== "body" || !editor()) {
    input.focus();
    input.select?.();
    return;
  }
  editor().focus();
  const node = tag && placeOf(editor().document.$.body, link.dataset);
  if (!node) return;
  const range = editor().createRange();
  const element = new window.CKEDITOR.dom.element(node);
  if (tag === "img" || tag === "table") range.setStartBefore(element), range.setEndAfter(element);
  else range.selectNodeContents(element);
  editor().getSelection().selectRanges([range]);
  document.querySelector(".cke_chrome")?.scrollIntoView({ block: "nearest" });
  node.scrollIntoView({ block: "center" });
}

async function mend(button) {
  const { field: name, code, number, excerpt } = button.dataset;
  const data = new FormData();
  for (const [key, value] of Object.entries({ field: name, code, number, excerpt })) data.set(key, value ?? "");
  data.set("text", name === "body" ? bodyHtml() : field(name).value);
  try {
    const answer = await send(list.dataset.mendUrl, data);
    const { text, error } = await answer.json();
    if (text !== undefined) put(name, text);
    said.textContent = error ?? list.dataset.mended;
    await check();
    said.textContent = error ?? list.dataset.mended;
  } catch {
    said.textContent = list.dataset.broken;
  }
}

function put(name, text) {
  if (name !== "body" || !editor()) {
    field(name).value = text;
    field(name).dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  editor().fire("saveSnapshot");
  editor().setData(text, { callback: () => editor().fire("saveSnapshot") });
}

export function startChecks() {
  if (!list) return;
  dress();
  list.dataset.shown = list.innerHTML.trim();
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto]");
    const button = event.target.closest("[data-mend]");
    if (link) {
      event.preventDefault();
      goTo(link);
    } else if (button) mend(button);
  });
  whenChanged(() => {
    clearTimeout(timer);
    timer = setTimeout(check, AFTER_TYPING);
  });
}
