// The board in the lobby: keeps the clock, marks what is on now, turns pages, and asks for news once a minute.
// Nothing moves by itself: a page is replaced by the next one. Without the network the last picture stays, and says since when.

const ASK_EVERY = 60_000;
const TURN_EVERY = 15_000;
const GIVE_UP = 20_000;
const HANOI = 7 * 3_600_000;
const NARROW = matchMedia("(max-width: 760px)");

const body = document.body;
const main = () => document.querySelector("[data-board-main]");
const two = (number) => String(number).padStart(2, "0");
let ahead = 0;
let pages = [];
let shown = 0;
let lostSince = null;

/** The server's time: clocks of televisions are often wrong. */
const now = () => Date.now() + ahead;

/** "9:05" in Vietnam, wherever the television thinks it is. */
function clock(moment, { padded = true } = {}) {
  const local = new Date(moment + HANOI);
  return `${padded ? two(local.getUTCHours()) : local.getUTCHours()}:${two(local.getUTCMinutes())}`;
}

/** Which line is over, on now, or next; the server has said so too, for whoever runs no script. */
function mark() {
  const lines = [...document.querySelectorAll(".bline:not([data-off])")];
  const moment = now();
  const begins = lines.map((line) => Date.parse(line.dataset.begins));
  const today = lines.map((line) => line.closest("[data-board-today]") !== null);
  const next = Math.min(...begins.filter((begin, place) => today[place] && begin > moment));
  lines.forEach((line, place) => {
    let state = "";
    if (Date.parse(line.dataset.ends) <= moment) state = "over";
    else if (begins[place] <= moment) state = "now";
    else if (today[place] && begins[place] === next) state = "next";
    for (const name of ["over", "now", "next"]) line.classList.toggle(`is-${name}`, name === state);
    const words = line.querySelector(".bline__state");
    const text = state ? words.dataset[`${state}Words`] : "";
    if (words.textContent !== text) words.textContent = text;
  });
}

/** Cut the lines into pages that fit the screen. A day's heading stands on each page of that day. */
function paginate() {
  const place = main();
  const days = [...place.querySelectorAll(".bday")];
  for (const part of place.querySelectorAll("[hidden]")) part.hidden = false;
  pages = [];
  if (NARROW.matches) return turnTo(0);
  const style = getComputedStyle(place);
  const room = place.clientHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom);
  let page = [];
  let used = 0;
  for (const day of days) {
    const lines = [...day.querySelectorAll(".bline")];
    const head = day.offsetHeight - lines.reduce((sum, line) => sum + line.offsetHeight, 0);
    let inDay = false;
    for (const part of lines.length ? lines : [null]) {
      const height = part ? part.offsetHeight : 0;
      if (page.length && used + height + (inDay ? 0 : head) > room) {
        pages.push(page);
        [page, used, inDay] = [[], 0, false];
      }
      used += height + (inDay ? 0 : head);
      inDay = true;
      page.push({ day, line: part });
    }
  }
  if (page.length) pages.push(page);
  return turnTo(Math.min(shown, pages.length - 1));
}

/** Show one page; where all fits on one, everything. */
function turnTo(number) {
  shown = Math.max(0, number);
  const place = main();
  const words = document.querySelector("[data-board-pages]");
  if (pages.length < 2) {
    words.textContent = "";
    return;
  }
  const kept = new Set(pages[shown].flatMap(({ day, line }) => [day, line]));
  for (const part of place.querySelectorAll(".bday, .bline")) part.hidden = !kept.has(part);
  words.textContent = `Trang ${shown + 1}/${pages.length}`;
}

/** The page on which something is going on, to begin with. */
function pageOfNow() {
  const found = pages.findIndex((page) => page.some(({ line }) => line?.matches(".is-now, .is-next")));
  return Math.max(0, found);
}

function tick() {
  const words = clock(now());
  const place = document.querySelector("[data-board-clock]");
  if (place.textContent === words) return;
  place.textContent = words;
  mark();
}

function tellLost() {
  const place = document.querySelector("[data-board-lost]");
  const words = lostSince === null ? "" : `${place.dataset.words} ${clock(lostSince, { padded: false })}. ${place.dataset.tail}`;
  if (place.textContent !== words) place.textContent = words;
}

/** Files of the look in the page: when they change, the whole page is loaded anew. */
const files = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.getAttribute("href") ?? part.getAttribute("src")).join();

function take(page) {
  const fresh = page.querySelector("[data-board-main]");
  if (!fresh) throw new Error("not the board");
  if (files(page.head) !== files(document.head)) return location.reload();
  ahead = Date.parse(page.body.dataset.now) - Date.now();
  const date = page.querySelector("[data-board-date]");
  document.querySelector("[data-board-date]").replaceWith(date);
  main().replaceWith(fresh);
  mark();
  return paginate();
}

async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(GIVE_UP) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    take(page);
    lostSince = null;
  } catch {
    lostSince ??= now();
  }
  tellLost();
}

body.classList.add("is-live");
ahead = Date.parse(body.dataset.now) - Date.now();
mark();
paginate();
turnTo(pageOfNow());
setInterval(tick, 1_000);
setInterval(() => pages.length > 1 && turnTo((shown + 1) % pages.length), TURN_EVERY);
setInterval(ask, ASK_EVERY);
window.addEventListener("resize", paginate);
document.fonts?.ready.then(paginate);
// For tests and for whoever stands before it: a key asks at once.
document.addEventListener("keydown", (event) => {
  if (event.key === "r" && !event.ctrlKey && !event.metaKey) ask();
});
