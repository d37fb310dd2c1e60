// Sending a report: map of communes, the phone's position, private numbers while typing, the proof before sending.
// Everything here is help: without this script the same forms do the same with a list and an answer of the server.

import { candidates } from "./place.js";
import { proveBeforeSending } from "./proof.js";

const VAGUE_METRES = 5_000;

document.querySelector("[data-summary]")?.focus();

// --- choosing the commune: list, found names and map say the same ---

const list = document.querySelector("#id_commune");
const map = document.querySelector("[data-map]");
const areas = map ? [...map.querySelectorAll("[data-slug]")].sort((one, other) => place(one) - place(other)) : [];

/** Where a commune stands in the list, so that arrow keys go by name. */
function place(area) {
  return [...list.options].findIndex((option) => option.value === area.dataset.slug);
}

function nameOn(map, name) {
  const line = map.querySelector("[data-map-name]");
  line.textContent = name ? line.dataset.some.replace("{name}", name) : line.dataset.none;
}

function drawChosen() {
  if (!map) return;
  const chosen = areas.find((area) => area.dataset.slug === list.value);
  for (const area of areas) {
    area.setAttribute("aria-checked", String(area === chosen));
    area.classList.toggle("is-current", area === chosen);
    area.tabIndex = area === (chosen ?? areas[0]) ? 0 : -1;
  }
  nameOn(map, chosen?.dataset.name);
}

function choose(slug) {
  list.value = slug;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function step(from, by) {
  const next = areas[(areas.indexOf(from) + by + areas.length) % areas.length];
  for (const area of areas) area.tabIndex = area === next ? 0 : -1;
  next.focus();
}

if (list) {
  list.addEventListener("change", () => {
    for (const radio of document.querySelectorAll('[name="found"]')) radio.checked = radio.value === list.value;
    drawChosen();
  });
  for (const radio of document.querySelectorAll('[name="found"]')) radio.addEventListener("change", () => choose(radio.value));
  drawChosen();
}

if (map) {
  map.addEventListener("click", (event) => {
    const area = event.target.closest("[data-slug]");
    if (area) choose(area.dataset.slug);
  });
  map.addEventListener("keydown", (event) => {
    const area = event.target.closest("[data-slug]");
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!area || (!by && event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    if (by) step(area, by);
    else choose(area.dataset.slug);
  });
  map.addEventListener("focusin", (event) => {
    if (event.target.dataset.name) nameOn(map, event.target.dataset.name);
  });
  map.addEventListener("focusout", drawChosen);
}

// --- the phone's position: looked at here, sent only in a box that the sender ticks ---

function locate() {
  return new Promise((resolve, reject) => {
    const options = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };
    navigator.geolocation.getCurrentPosition((found) => resolve(found.coords), reject, options);
  });
}

async function outlines(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function offerPosition(box, position) {
  const tick = box.querySelector("[data-position-tick]");
  const field = tick.querySelector("input");
  const where = `${position.latitude.toFixed(5)},${position.longitude.toFixed(5)}`;
  field.value = where;
  field.checked = false;
  const words = box.dataset.exact.replace("{place}", where.replace(",", ", ")).replace("{metres}", Math.round(position.accuracy));
  tick.querySelector("[data-position-words]").textContent = words;
  tick.hidden = false;
}

async function find(box) {
  const words = box.dataset;
  const say = (text) => {
    box.querySelector("[data-position-status]").textContent = text;
  };
  say(words.waiting);
  try {
    const [position, known] = await Promise.all([locate(), outlines(words.boundaries)]);
    if (position.accuracy > VAGUE_METRES) return say(words.vague);
    const [first, ...others] = candidates(known, position);
    if (!first) return say(words.outside);
    choose(first.slug);
    say((others.length ? words.near : words.inside).replace("{name}", first.name));
    offerPosition(box, position);
  } catch (error) {
    say({ 1: words.denied, 2: words.unavailable, 3: words.slow }[error.code] ?? words.broken);
  }
}

const here = document.querySelector("[data-position-box]");
if (here && list && "geolocation" in navigator && window.isSecureContext) {
  const button = here.querySelector("[data-position-start]");
  let isBusy = false;
  button.hidden = false;
  here.querySelector("[data-position-help]").hidden = false;
  button.addEventListener("click", async () => {
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    await find(here);
    button.removeAttribute("aria-disabled");
    isBusy = false;
  });
}

// --- private numbers while typing (the server looks again: feedback/rules/words.py) ---

const NUMBER = /(?<![\p{L}\p{N}_/])\+?\d(?:[ .\-–()]{0,2}\d){7,18}(?![\p{L}\p{N}_/])/gu;
const DATE = /^(?:\d{1,2}[.\- ]\d{1,2}[.\- ]\d{4}|\d{4}[.-]\d{1,2}[.-]\d{1,2}|\d{4} ?[-–] ?\d{4})$/u;
const THOUSANDS = /^[1-9]\d{0,2}(?:[. ]\d{3})+$/u;
const MONEY_AFTER = /^\s*(?:đồng|đ(?![\p{L}])|vnđ|vnd|₫|usd|người|hộ|m2|m²|ha(?![\p{L}]))/iu;

function isPrivate(match) {
  const [found] = match;
  const digits = found.replace(/\D/gu, "").length;
  if (DATE.test(found) || /^1[89]00/u.test(found)) return false;
  const isCard = digits === 9 || digits === 12;
  return !(THOUSANDS.test(found) && (!isCard || MONEY_AFTER.test(match.input.slice(match.index + found.length))));
}

function privateNumbers(text) {
  return [...new Set([...text.matchAll(NUMBER)].filter(isPrivate).map(([found]) => found))];
}

const text = document.querySelector("#id_text");
const live = document.querySelector("[data-live]");
if (text && live) {
  const count = document.querySelector("[data-count]");
  const said = document.querySelector(".rnumbers");
  const look = () => {
    const found = privateNumbers(text.value);
    // One warning is enough while the server's own stands above.
    live.hidden = !found.length || Boolean(said && !said.hidden);
    const words = live.dataset.words.replace("{numbers}", found.join(", "));
    const line = live.querySelector("[data-live-words]");
    if (line.textContent !== words) line.textContent = words;
    count.hidden = false;
    count.textContent = `${text.value.length.toLocaleString("vi")}/${Number(count.dataset.limit).toLocaleString("vi")} chữ cái`;
  };
  live.querySelector("[data-live-out]").addEventListener("click", () => {
    for (const number of privateNumbers(text.value)) text.value = text.value.replaceAll(number, "");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
  text.addEventListener("input", look);
  look();
}

// --- sending ---

for (const form of document.querySelectorAll("form[data-proof]")) {
  // Going back needs no proof: this listener stands before that of the proof.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) event.stopImmediatePropagation();
  });
  proveBeforeSending(form, async () => form.submit());
}

// --- the answer page ---

const copy = document.querySelector("[data-copy-link]");
copy?.addEventListener("click", async () => {
  const words = copy.querySelector("[data-copy-words]");
  try {
    await navigator.clipboard.writeText(document.querySelector("[data-private-link]").href);
    words.textContent = copy.dataset.done;
  } catch {
    words.textContent = copy.dataset.failed;
  }
});
