// The week's table: put anew from the server without losing the focus, asked for again now and then, walked with arrow keys.

const EVERY = 20000;
const SHOWN_FOR = 6000;
const root = document.querySelector("[data-table]");
const said = document.querySelector("[data-said]");

export const tableRoot = root;

// One sentence for everybody: seen below the line, read out by screen readers.
export function say(words, kind = "success", more = []) {
  said.replaceChildren(...[[words, kind], ...more.map((text) => [text, "warning"])].map(([text, look]) => {
    const note = document.createElement("p");
    note.className = `note note--${look}`;
    note.textContent = text;
    return note;
  }));
}

export async function ask(url, body) {
  const options = { headers: { Accept: "application/json" }, redirect: "manual" };
  const answer = await fetch(url, body ? { ...options, method: "POST", body } : options);
  if (answer.type === "opaqueredirect") throw new DOMException("signed out", "InvalidStateError");
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  return { ok: answer.ok, status: answer.status, data: isJson ? await answer.json() : {} };
}

// What of an entry takes the focus: its title, or its menu where the title leads nowhere.
const handle = (entry) => entry?.querySelector("a.ent__title, summary");

function focusKey() {
  const focused = document.activeElement;
  if (!root.contains(focused)) return null;
  const entry = focused.closest("[data-entry]");
  return { id: entry?.id, isMenu: focused.matches("summary, details a") };
}

export function putTable(html, isByOther = false) {
  const known = new Set([...root.querySelectorAll("[data-entry]")].map((one) => one.id));
  const focused = focusKey();
  root.innerHTML = html;
  const fresh = [...root.querySelectorAll("[data-entry]")].filter((one) => !known.has(one.id));
  for (const one of fresh) one.classList.add("ent--new");
  setTimeout(() => fresh.forEach((one) => one.classList.remove("ent--new")), SHOWN_FOR);
  if (focused) {
    const entry = focused.id && document.getElementById(focused.id);
    (focused.isMenu ? entry?.querySelector("summary") : handle(entry) ?? root.querySelector("a.ent__title"))?.focus();
  }
  if (isByOther && root.dataset.fresh) say(root.dataset.fresh, "info");
}

export function focusEntry(pk) {
  handle(document.getElementById(`viec-${pk}`))?.focus();
}

// Not while somebody has a menu open or drags: what is under the hand stays.
function isBusy() {
  return document.hidden || root.querySelector("details[open], .ent--dragged") || document.querySelector("dialog[open]");
}

async function refresh() {
  if (isBusy()) return;
  const mark = root.querySelector("[data-mark]")?.dataset.mark ?? "";
  try {
    const { ok, data } = await ask(`${root.dataset.url}?da-thay=${encodeURIComponent(mark)}`);
    if (ok && data.html && !isBusy() && mark === root.querySelector("[data-mark]")?.dataset.mark) putTable(data.html, true);
  } catch {
    // The next turn tries again.
  }
}

function walk(event) {
  const entry = event.target.closest("[data-entry]");
  if (!entry || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...root.querySelectorAll("[data-entry]")].filter(handle);
    const next = all[all.indexOf(entry) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    (entry.querySelector("details[open]") ?? {}).open = false;
    handle(next).focus();
  } else if (event.key === "Escape") {
    const open = entry.querySelector("details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }
}

export function startTable() {
  root.addEventListener("keydown", walk);
  root.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    for (const other of root.querySelectorAll("details[open]")) if (other !== event.target) other.open = false;
  }, true);
  document.addEventListener("click", (event) => {
    for (const open of root.querySelectorAll("details[open]")) if (!open.contains(event.target)) open.open = false;
  });
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
}
