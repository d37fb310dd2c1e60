// Keeps what is typed on the server, and in this browser while the server is out of reach. Never a version.

import { fill, form, formData, send, snapshot, whenChanged, whenReady, words } from "./editor-text.js";

const AFTER_TYPING = 3000;
const EVERY = 30000;
const status = document.querySelector("[data-autosave-status]");
const prefix = `cong:${form.dataset.person}:`;
const formKey = form.elements.namedItem("form_key").value;
const copyKey = `${prefix}${formKey}`;

let opened = null;
let kept = null;
let isSending = false;
let timer = 0;

export function hasChanges() {
  if (opened === null) return false;
  return "unsaved" in form.dataset || snapshot() !== opened;
}

function show(text, isBad) {
  if (!status) return;
  status.classList.toggle("bar__note--bad", isBad);
  // Only what needs doing is read out; “kept at …” is for the eye.
  status.setAttribute("aria-live", isBad ? "assertive" : "off");
  if (status.textContent !== text) status.textContent = text;
}

function readCopy(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function keepCopy(isSent) {
  const copy = { at: Date.now(), isSent, version: form.dataset.version, entries: JSON.parse(snapshot()) };
  try {
    localStorage.setItem(copyKey, JSON.stringify(copy));
    if (isSent) sessionStorage.setItem(`${prefix}sent`, copyKey);
  } catch {
    // A full or forbidden store: the text still stands in the page.
  }
}

function dropCopy(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

async function save() {
  const now = snapshot();
  if (isSending || opened === null || now === kept || !hasChanges()) return;
  isSending = true;
  try {
    const answer = await send(form.dataset.autosaveUrl, formData());
    if (answer.ok) {
      kept = now;
      show(`${words.saved} ${(await answer.json()).at}`, false);
      dropCopy(copyKey);
    } else {
      keepCopy(false);
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      const said = isJson ? (await answer.json()).error : "";
      show(said || (answer.type === "opaqueredirect" ? words.signedOut : words.refused), true);
    }
  } catch {
    keepCopy(false);
    show(words.offline, true);
  } finally {
    isSending = false;
  }
}

function offerCopy() {
  const bar = document.querySelector("[data-local-copy]");
  const isNew = formKey.startsWith("new:");
  const keys = Object.keys(localStorage).filter((key) => key === copyKey || (isNew && key.startsWith(`${prefix}new:`)));
  const copies = keys.map((key) => ({ key, ...readCopy(key) })).filter((copy) => copy.entries);
  const newest = copies.sort((one, other) => other.at - one.at)[0];
  if (!newest || JSON.stringify(newest.entries) === opened) return;
  // Sent, and the article has a newer version since: it has arrived.
  if (newest.isSent && newest.key === copyKey && newest.version !== form.dataset.version) {
    dropCopy(newest.key);
    return;
  }
  bar.querySelector("[data-local-time]").textContent = new Date(newest.at).toLocaleString("vi-VN", {
    hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit",
  });
  bar.hidden = false;
  bar.querySelector("[data-local-open]").addEventListener("click", () => {
    fill(newest.entries);
    bar.hidden = true;
    if (newest.key !== copyKey) dropCopy(newest.key);
    form.elements.namedItem("title").focus();
  });
  bar.querySelector("[data-local-drop]").addEventListener("click", () => {
    dropCopy(newest.key);
    bar.hidden = true;
  });
}

// A new article that was sent from this tab and arrived stands here under its own address now.
function forgetSent() {
  const sent = sessionStorage.getItem(`${prefix}sent`);
  if (!sent) return;
  sessionStorage.removeItem(`${prefix}sent`);
  if (sent !== copyKey && Number(form.dataset.version) > 0) dropCopy(sent);
}

export function startAutosave() {
  whenReady(() => {
    opened = snapshot();
    kept = opened;
    try {
      forgetSent();
      offerCopy();
    } catch {
      // Without a store there is nothing to offer.
    }
  });
  whenChanged(() => {
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  });
  setInterval(save, EVERY);
  window.addEventListener("online", save);
  // Closing the tab: what was typed in the last seconds still goes out.
  window.addEventListener("pagehide", () => {
    if (form.dataset.sent || opened === null || !hasChanges() || snapshot() === kept) return;
    navigator.sendBeacon(form.dataset.autosaveUrl, formData());
  });
}
