// A field with suggestions: the native list of the page, but found by first letters without marks and chosen by keys.
// Without scripts the browser's own datalist stands there.

const MOST = 8;
const MARKS = /[\u0300-\u036f]/g;

// As portal.core.text.folded.
export function fold(text) {
  const plain = text.normalize("NFD").replace(MARKS, "").replace(/[đĐ]/g, "d");
  return plain.toLowerCase().replace(/\s+/g, " ").trim();
}

function readOptions(list) {
  return [...list.options].map((option) => {
    const label = option.value;
    const keys = (option.dataset.keys || "").split("|").filter(Boolean);
    const hint = option.textContent.trim() || [option.dataset.chair, option.dataset.place].filter(Boolean).join(" · ");
    return { label, hint, keys: keys.length ? keys : [fold(label)], chair: option.dataset.chair, place: option.dataset.place };
  });
}

// Better the nearer to the beginning: a whole key, the beginning of one, then the beginning of a word inside.
function rank(option, typed, isAnywhere) {
  const tight = typed.replaceAll(" ", "");
  if (option.keys.some((key) => key === typed || key === tight)) return 0;
  if (option.keys.some((key) => key.startsWith(typed) || key.startsWith(tight))) return 1;
  return isAnywhere && option.keys.some((key) => key.includes(` ${typed}`)) ? 2 : 9;
}

class Combobox {
  constructor(input, options) {
    this.input = input;
    this.options = options;
    this.isMany = input.name.endsWith("attendees");
    this.active = -1;
    this.found = [];
    this.list = document.createElement("ul");
    this.list.className = "ql__list";
    this.list.id = `${input.id}_list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    this.list.hidden = true;
    input.after(this.list);
    input.removeAttribute("list");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.search());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("[role=option]");
      event.preventDefault();
      if (item) this.take(Number(item.dataset.number));
    });
  }

  // In the field of several names only the last one is being typed.
  typed() {
    const text = this.input.value;
    return fold(this.isMany ? text.slice(Math.max(text.lastIndexOf(","), text.lastIndexOf(";")) + 1) : text);
  }

  search() {
    const typed = this.typed();
    const ranked = typed.length < 2 ? [] : this.options
      .map((option) => ({ option, rank: rank(option, typed, typed.length > 2) }))
      .filter((one) => one.rank < 9)
      .sort((one, other) => one.rank - other.rank);
    this.found = ranked.slice(0, MOST).map((one) => one.option);
    if (!this.found.length || (this.found.length === 1 && fold(this.found[0].label) === typed)) {
      this.close();
      return;
    }
    // What was typed begins a title, a name or their first letters: the first line is meant, Tab and Enter take it.
    this.show(ranked[0].rank < 2 ? 0 : -1);
  }

  show(active) {
    this.list.replaceChildren(...this.found.map((option, number) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}_${number}`;
      item.dataset.number = number;
      item.setAttribute("role", "option");
      item.append(option.label);
      if (option.hint && option.hint !== option.label) {
        const hint = document.createElement("span");
        hint.textContent = ` ${option.hint}`;
        item.append(hint);
      }
      return item;
    }));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(active);
  }

  mark(number) {
    this.active = number;
    for (const [place, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(place === number));
      if (place === number) item.scrollIntoView({ block: "nearest" });
    }
    if (number < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}_${number}`);
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  take(number) {
    const text = this.input.value;
    const kept = this.isMany ? text.slice(0, Math.max(text.lastIndexOf(","), text.lastIndexOf(";")) + 1) : "";
    const chosen = this.found[number];
    this.input.value = (kept ? `${kept} ` : "") + chosen.label;
    this.close();
    this.input.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: chosen }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    return chosen;
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) this.search();
      if (!this.found.length || this.list.hidden) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (isOpen) this.mark((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && isOpen && this.active >= 0) {
      // Tab goes on to the next field, Enter writes the line: both with what is marked. A known title fills other
      // fields too, which must be seen before they are written.
      const chosen = this.take(this.active);
      if (event.key === "Enter" && (chosen.chair || chosen.place)) event.preventDefault();
    }
  }
}

// What was written a moment ago is known from now on.
function remember(options, label, more = {}) {
  const known = options.find((option) => fold(option.label) === fold(label));
  const keys = [fold(label), fold(label).split(" ").map((word) => word[0]).join("")];
  if (known) Object.assign(known, more);
  else options.push({ label, hint: "", keys, ...more });
}

export function startComboboxes(form) {
  const lists = new Map();
  form.addEventListener("written", ({ detail: line }) => {
    const { title, chair, place } = line;
    for (const [list, options] of lists) {
      const hint = [chair, place].filter(Boolean).join(" · ");
      if (list.id === "goi-y-viec") remember(options, title, { chair, place, hint });
      if (list.id === "goi-y-noi" && place) remember(options, place);
    }
  });
  for (const input of form.querySelectorAll("input[list]")) {
    const list = input.list;
    if (!list) continue;
    if (!lists.has(list)) lists.set(list, readOptions(list));
    new Combobox(input, lists.get(list));
  }
}
