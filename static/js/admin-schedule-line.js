// The quick line: Enter writes it and the next one may be typed at once; what the server refuses comes back, nothing is lost.

import { ask, putTable, say } from "./admin-schedule-table.js";

const AFTER_TYPING = 350;
const TYPED = ["time", "title", "chair", "place", "attendees"];
const CHECKED = ["entry_id", "above_id", "day", "time", "chair", "place", "attendees"];

// “8h”, “t3 14h30”, “8h–9h30”: nothing but words can follow. Hours of the night may be those of an afternoon: “2h chiều”.
const HOUR = "(?:[5-9]|0[5-9]|1\\d|2[0-3])\\s?[hg:.](?:[0-5]\\d)?";
const COMPLETE = new RegExp(`^(?:(?:t[2-7]|cn)\\s+)?${HOUR}(?:\\s*[-–]\\s*${HOUR})?$`, "i");
// What belongs to the time after all, though a space was typed before it.
const REST_OF_TIME = /^((?:[-–]|đến|tới)\s*\d{1,2}\s*(?:h|g|:|giờ)\s*(?:[0-5]\d)?|chiều|tối)\s(.*)$/i;

// crypto.randomUUID needs https; this does not.
function freshNumber() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function warning(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

class QuickLine {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.queue = Promise.resolve();
    this.waiting = 0;
    this.asked = 0;
    this.clashes = form.querySelector("[data-clashes]");
    this.understood = form.querySelector("[data-understood]");
    this.rejected = form.querySelector("[data-rejected]");
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    this.field("time").addEventListener("keydown", (event) => this.goOn(event));
    this.field("title").addEventListener("input", () => this.giveBack());
    form.addEventListener("taken", (event) => this.fillAsBefore(event));
    if (!this.value("entry_id")) form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting || this.rejected.children.length) event.preventDefault();
    });
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  value(name) {
    return this.field(name)?.value ?? "";
  }

  isEmpty() {
    return TYPED.every((name) => !this.value(name).trim());
  }

  snapshot() {
    return new Map([...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  }

  fill(line) {
    for (const name of [...TYPED, "day", "uid", "above_id"]) if (line.has(name)) this.field(name).value = line.get(name);
    this.field("internal").checked = line.has("internal");
  }

  clear() {
    for (const name of TYPED) this.field(name).value = "";
    this.field("internal").checked = false;
    this.field("uid").value = freshNumber();
    this.hasGoneOn = false;
    this.showErrors({});
    this.clashes.replaceChildren();
    this.understood.hidden = true;
    this.asked += 1;
    clearTimeout(this.timer);
  }

  // Who chaired and where the last time; what was typed already stays.
  fillAsBefore(event) {
    if (event.target.name !== "title") return;
    for (const name of ["chair", "place"]) {
      const field = this.field(name);
      if (!event.detail[name] || field.value) continue;
      field.value = event.detail[name];
    }
  }

  // A whole time and a space: on to what it is.
  goOn(event) {
    if (event.key !== " " || event.isComposing || this.value("title") || !COMPLETE.test(this.value("time").trim())) return;
    event.preventDefault();
    this.hasGoneOn = true;
    this.field("title").focus();
  }

  giveBack() {
    const found = this.hasGoneOn && REST_OF_TIME.exec(this.value("title"));
    if (!found) return;
    this.field("time").value += ` ${found[1].trim()}`;
    this.field("title").value = found[2];
  }

  submit(event) {
    event.preventDefault();
    if (this.isEmpty()) {
      this.field("time").focus();
      return;
    }
    const line = this.snapshot();
    this.clear();
    this.field("time").focus();
    this.waiting += 1;
    this.queue = this.queue.then(() => this.send(line)).finally(() => (this.waiting -= 1));
  }

  async send(line) {
    const body = new FormData();
    for (const [name, value] of line) body.set(name, value);
    // “Như trên” means the line before this one, which may have been written a moment ago.
    if (this.lastWritten) body.set("above_id", this.lastWritten);
    body.set("csrfmiddlewaretoken", this.value("csrfmiddlewaretoken"));
    try {
      const { ok, data } = await ask(this.form.action.split("#")[0], body);
      if (ok) this.written(line, data);
      else this.refused(line, data.errors ?? {}, data.errors ? "" : this.words.unsaved);
    } catch (problem) {
      this.refused(line, {}, problem.name === "InvalidStateError" ? this.words.signedOut : this.words.offline);
    }
  }

  written(line, data) {
    this.lastWritten = data.above;
    this.field("above_id").value = data.above;
    // The day goes with what was typed before the time, unless it was chosen anew meanwhile.
    if (this.value("day") === line.get("day")) this.field("day").value = data.day;
    putTable(data.html);
    say(data.said, "success", data.warnings);
    this.form.dispatchEvent(new CustomEvent("written", { detail: data.line }));
  }

  // Back into the line where nothing new stands in it; else below it, until there is time.
  refused(line, errors, words) {
    if (!this.isEmpty()) {
      this.keep(line, errors, words);
      return;
    }
    this.fill(line);
    this.showErrors(errors, words);
    const first = [...TYPED, "day"].find((name) => errors[name]) ?? "title";
    this.field(first).focus();
  }

  keep(line, errors, words) {
    const box = document.createElement("div");
    box.className = "ql__rejected";
    box.setAttribute("role", "alert");
    const said = Object.values(errors).flat().map((error) => error.message).join(" ") || words;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--plain";
    button.textContent = this.words.mend;
    button.addEventListener("click", () => {
      const typed = this.isEmpty() ? null : this.snapshot();
      box.remove();
      this.fill(line);
      this.showErrors(errors, words);
      if (typed) this.keep(typed, {}, this.words.unsaved);
      this.field(TYPED.find((name) => errors[name]) ?? "title").focus();
    });
    box.append(warning(`${this.words.unsaved}: ${line.get("time")} ${line.get("title")}. ${said}`), button);
    this.rejected.append(box);
  }

  showErrors(errors, words = "") {
    for (const frame of this.form.querySelectorAll("[data-field]")) {
      this.showAt(frame, (errors[frame.dataset.field] ?? []).map((error) => error.message ?? error));
    }
    const elsewhere = Object.entries(errors).filter(([name]) => !this.form.querySelector(`[data-field="${name}"]`));
    const rest = [words, ...elsewhere.flatMap(([, found]) => found.map((error) => error.message))].filter(Boolean);
    this.clashes.replaceChildren(...rest.map(warning));
  }

  showAt(frame, found) {
    const control = frame.querySelector("input, select, textarea");
    frame.querySelector(".field-error")?.remove();
    frame.classList.toggle("fld--bad", found.length > 0);
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    if (!found.length) return;
    const box = document.createElement("div");
    box.className = "field-error";
    box.id = `${control.id}_error`;
    box.append(...found.map(warning));
    frame.append(box);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", box.id);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), AFTER_TYPING);
  }

  // Whom it takes and what it collides with, while the title is still being typed.
  async check() {
    if (!this.value("time").trim()) return;
    this.asked += 1;
    const number = this.asked;
    const wanted = new URLSearchParams(CHECKED.map((name) => [name, this.value(name)]).filter(([, value]) => value));
    try {
      const { ok, data } = await ask(`${this.words.check}?${wanted}`);
      if (!ok || number !== this.asked) return;
      this.showChecked(data);
    } catch {
      // Saving says it again.
    }
  }

  showChecked(data) {
    const focused = document.activeElement?.closest("[data-field]")?.dataset.field;
    for (const frame of this.form.querySelectorAll("[data-field]")) {
      const name = frame.dataset.field;
      // Whoever is still typing in a field is not told that half a word is wrong.
      if (name !== focused && ["time", "chair", "place"].includes(name)) this.showAt(frame, data.errors[name] ?? []);
    }
    this.understood.hidden = !data.understood;
    this.understood.textContent = data.understood;
    const shown = [...this.clashes.children].map((one) => one.textContent).join("\n");
    if (shown !== data.conflicts.join("\n")) this.clashes.replaceChildren(...data.conflicts.map(warning));
  }
}

export function startLine(form) {
  return new QuickLine(form);
}
