// Moving an entry: dragged with the mouse, or “Dời sang…” by the key D; both may be taken back once.

import { ask, focusEntry, putTable, say, tableRoot } from "./admin-schedule-table.js";

const dialog = document.querySelector("[data-move-dialog]");
let dragged = null;

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function done(data, pk) {
  putTable(data.html);
  say(data.said, data.is_bad ? "error" : "success");
  if (pk) focusEntry(pk);
}

// Where it would go, and how full it is there; read out while arrow keys choose.
function describe(form) {
  const day = form.elements.namedItem("day").value;
  const session = form.elements.namedItem("session").value;
  const half = session === "ALL_DAY" ? "MORNING" : session;
  const cell = tableRoot.querySelector(`[data-cell][data-day="${day}"][data-session="${half}"]`);
  const words = cell?.dataset.words ?? "";
  const number = cell?.querySelectorAll(".ent").length ?? 0;
  form.querySelector("[data-move-where]").textContent = words ? `${words}: ${number} việc đang có` : "";
}

function dressForm(entry) {
  const form = dialog.querySelector("form");
  const session = form.elements.namedItem("session");
  const time = form.elements.namedItem("time");
  session.addEventListener("change", () => {
    // Eight o'clock is no afternoon: the time is asked for anew.
    time.value = session.value === entry.dataset.session ? entry.dataset.time : "";
  });
  form.addEventListener("change", () => describe(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(entry, new FormData(form));
  });
  dialog.querySelector("[data-move-close]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  describe(form);
  const bad = form.querySelector(".fld--bad :is(input, select), [name=note]");
  (form.querySelector(".fld--bad") ? bad : form.elements.namedItem("day")).focus();
}

async function send(entry, body) {
  try {
    const { ok, data } = await ask(entry.dataset.move, body);
    if (ok && data.said) {
      dialog.close();
      done(data, entry.dataset.entry);
    } else if (data.html) {
      show(entry, data.html);
    } else {
      location.assign(entry.dataset.move);
    }
  } catch {
    location.assign(entry.dataset.move);
  }
}

function show(entry, html) {
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  dressForm(entry);
}

async function open(entry, target = {}) {
  const wanted = new URLSearchParams(target);
  try {
    const { ok, data } = await ask(`${entry.dataset.move}?${wanted}`);
    if (ok) show(entry, data.html);
    else location.assign(entry.dataset.move);
  } catch {
    location.assign(entry.dataset.move);
  }
}

function drop(entry, cell) {
  const { day, session } = cell.dataset;
  const isSameHalf = session === entry.dataset.session || (entry.dataset.session === "ALL_DAY" && session === "MORNING");
  if (day === entry.dataset.day && isSameHalf) return;
  // Another half needs another time, and what citizens have seen needs a reason: both are asked for.
  if (!isSameHalf || "seen" in entry.dataset) {
    open(entry, isSameHalf ? { day } : { day, session, time: "" });
    return;
  }
  const body = new FormData();
  const fields = { day, session: entry.dataset.session, time: clock(entry), seen_at: entry.dataset.version };
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set("csrfmiddlewaretoken", token());
  send(entry, body);
}

// “Cả ngày” is no clock time.
function clock(entry) {
  return /\d/.test(entry.dataset.time) ? entry.dataset.time : "";
}

function mark(cell) {
  for (const other of tableRoot.querySelectorAll(".wk__half--over")) if (other !== cell) other.classList.remove("wk__half--over");
  cell?.classList.add("wk__half--over");
}

function startDragging() {
  tableRoot.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.classList.add("ent--dragged");
  });
  tableRoot.addEventListener("dragover", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!dragged || !cell) return;
    event.preventDefault();
    mark(cell);
  });
  tableRoot.addEventListener("drop", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!dragged || !cell) return;
    event.preventDefault();
    drop(dragged, cell);
  });
  tableRoot.addEventListener("dragend", () => {
    dragged?.classList.remove("ent--dragged");
    dragged = null;
    mark(null);
  });
}

export function startMoving() {
  startDragging();
  tableRoot.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move-link]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const entry = link.closest("[data-entry]");
    link.closest("details").open = false;
    open(entry);
  });
  tableRoot.addEventListener("keydown", (event) => {
    const entry = event.target.closest("[data-move]");
    if (!entry || event.key.toLowerCase() !== "d" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open(entry);
  });
  tableRoot.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-undo-form]")) return;
    event.preventDefault();
    const form = event.target;
    try {
      const { ok, data } = await ask(form.action, new FormData(form));
      if (ok) done(data, data.pk);
      else location.reload();
    } catch {
      location.reload();
    }
  });
}
