// A dialog over the unit's whole library: search, older pictures, one choice. Arrow keys, Tab, Enter and Escape do all of it.

const WORDS = {
  title: "Chọn ảnh trong thư viện",
  search: "Tìm theo mô tả, chú thích, tác giả, tên tệp",
  find: "Tìm",
  more: "Xem ảnh cũ hơn",
  close: "Đóng",
  none: "Không có ảnh nào hợp với từ tìm. Thử từ khác, hoặc tải ảnh lên ở mục Ảnh.",
  wait: "Đang tìm…",
  failed: "Chưa tải được thư viện. Kiểm tra kết nối rồi bấm Tìm.",
  found: (number) => `${number} ảnh`,
};

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function build() {
  const status = element("p", { className: "meta" });
  status.setAttribute("role", "status");
  const grid = element("ul", { className: "choose__grid" });
  const more = element("button", { type: "button", className: "btn btn--plain", textContent: WORDS.more, hidden: true });
  const words = element("input", { type: "search", id: "tim-anh-thu-vien", maxLength: 200 });
  const label = element("label", { className: "label", textContent: WORDS.search });
  label.htmlFor = words.id;
  const find = element("button", { type: "submit", className: "btn", textContent: WORDS.find });
  const search = element("form", { className: "choose__search" }, label, element("div", { className: "choose__row" }, words, find));
  const close = element("button", { type: "button", className: "btn btn--plain", textContent: WORDS.close });
  const title = element("h2", { textContent: WORDS.title, id: "tieu-de-chon-anh" });
  const head = element("div", { className: "choose__head" }, title, close);
  const dialog = element("dialog", { className: "choose" }, head, search, status, grid, element("p", { className: "bar" }, more));
  dialog.setAttribute("aria-labelledby", title.id);
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  return { dialog, status, grid, more, words, search };
}

function columns(grid) {
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}

function walk(grid, event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(grid), ArrowUp: -columns(grid) };
  const step = steps[event.key];
  if (!step) return;
  const buttons = [...grid.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

let parts;
let address;
let next;
let choose;
let asked = 0;

function card(picture) {
  const drawn = element("img", { src: picture.small, alt: "", loading: "lazy", width: 160, height: 107 });
  const words = element("span", { textContent: picture.title });
  const button = element("button", { type: "button" }, drawn, words);
  button.addEventListener("click", () => {
    parts.dialog.close();
    choose(picture);
  });
  return element("li", {}, button);
}

async function load(before) {
  const { status, grid, more, words } = parts;
  // Only the newest question is answered: a slow answer to the one before must not mix in its pictures.
  asked += 1;
  const turn = asked;
  if (!before) grid.replaceChildren();
  status.textContent = WORDS.wait;
  const query = new URLSearchParams({ q: words.value, ...(before ? { truoc: before } : {}) });
  try {
    const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
    const found = await answer.json();
    if (turn !== asked) return;
    const cards = found.pictures.map(card);
    grid.append(...cards);
    next = found.next;
    more.hidden = !next;
    status.textContent = grid.children.length ? WORDS.found(grid.children.length) : WORDS.none;
    if (before) cards[0]?.querySelector("button").focus();
  } catch {
    if (turn === asked) status.textContent = WORDS.failed;
  }
}

function prepare() {
  parts = build();
  parts.search.addEventListener("submit", (event) => {
    event.preventDefault();
    load();
  });
  parts.more.addEventListener("click", () => load(next));
  parts.grid.addEventListener("keydown", (event) => walk(parts.grid, event));
}

/** Open the dialog; `onChoose` gets the chosen picture. Focus goes back to where it was when it closes. */
export function openLibrary(url, onChoose) {
  if (!parts) prepare();
  address = url;
  choose = onChoose;
  parts.dialog.showModal();
  parts.words.focus();
  load();
}
