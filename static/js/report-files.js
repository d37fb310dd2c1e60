// Pictures and a video of a report: sent in pieces while the rest is filled in, going on where they stood after a break. The
// phone keeps each file until the server has confirmed it whole. Without this script the same field is part of the form.

import { dropFile, keepFile, keptFiles } from "./report-keep.js";

const SMALLEST = 32 * 1024;
const GROWTH = 4;
const PATIENCE_MS = 90_000;
const QUICK_MS = 1_500;
const LONGEST_PAUSE = 60;
const SHRUNK_SIDE = 2560;
const SHRINK_ABOVE = 1_500_000;
const THUMB = 144;
const OPEN_STATES = new Set(["waiting", "sending", "pausing"]);

/** The same file again has the same mark; two hashes of its name, size and date. */
function markOf(file) {
  const text = `${file.name}|${file.size}|${file.lastModified}`;
  let [one, two] = [0x811c9dc5, 0x1000193];
  for (let index = 0; index < text.length; index += 1) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(index), 0x85ebca6b) + index;
  }
  return `${(one >>> 0).toString(16)}-${(two >>> 0).toString(16)}-${file.size.toString(36)}`;
}

function kindOf(file) {
  if (file.type.startsWith("video/")) return "VIDEO";
  if (file.type.startsWith("image/") || /\.(heic|heif|avif|jpe?g|png|webp|gif)$/i.test(file.name)) return "PICTURE";
  return /\.(mp4|mov|webm|3gp|m4v|mkv)$/i.test(file.name) ? "VIDEO" : null;
}

function drawn(bitmap, side) {
  const share = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * share));
  canvas.height = Math.max(1, Math.round(bitmap.height * share));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A large photograph smaller, so that five of them pass a thin line; anything the browser can not read goes as it is. */
async function lighter(file, showThumb) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    showThumb(drawn(bitmap, THUMB));
    let made = null;
    if (file.type === "image/jpeg" && file.size > SHRINK_ABOVE) {
      made = await new Promise((done) => drawn(bitmap, SHRUNK_SIDE).toBlob(done, "image/jpeg", 0.86));
    }
    bitmap.close();
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

class Field {
  constructor(root) {
    this.root = root;
    this.say = root.dataset;
    this.form = root.closest("form");
    this.input = root.querySelector("input[type=file]");
    this.list = root.querySelector("[data-list]");
    this.pattern = root.querySelector("template[data-row]");
    this.status = root.querySelector("[data-state]");
    this.waitBox = root.querySelector("[data-wait]");
    this.piece = Number(this.say.piece);
    this.entries = [];
    this.running = false;
    this.submitter = undefined;
  }

  async start() {
    this.input.classList.add("rfiles__input--hidden");
    this.root.querySelector("[data-pick]").hidden = false;
    for (const row of this.list.children) this.adopt(row);
    this.input.addEventListener("change", () => this.choose());
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    this.root.querySelector("[data-without]").addEventListener("click", () => this.goWithout());
    addEventListener("online", () => this.wake?.());
    for (const kept of await keptFiles(this.say.draft)) this.add(kept.blob, kept.mark, kept.kind, kept.name);
    this.choose();
  }

  /** A row that the server wrote. */
  adopt(row) {
    const entry = { row, mark: row.dataset.mark, url: row.dataset.url, state: row.dataset.fileState, offset: 0 };
    this.entries.push(entry);
    this.dress(entry);
  }

  dress(entry) {
    entry.row.querySelector("[data-drop-box]")?.remove();
    const button = entry.row.querySelector("[data-drop]");
    button.hidden = false;
    button.addEventListener("click", () => this.drop(entry));
    this.nameButton(entry);
  }

  /** “Bỏ” alone says nothing to who hears the page: of five, which one. */
  nameButton(entry) {
    const button = entry.row.querySelector("[data-drop]");
    button.setAttribute("aria-label", `${button.textContent.trim()} ${entry.row.querySelector("[data-name]").textContent}`.trim());
  }

  choose() {
    const files = [...this.input.files];
    // From here on the script sends them; the form itself must not send them once more.
    this.input.value = "";
    for (const file of files) this.take(file);
  }

  async take(file) {
    const mark = markOf(file);
    const kind = kindOf(file);
    const known = this.entries.find((entry) => entry.mark === mark);
    if (known && known.state !== "refused" && (known.blob || known.state === "done")) return;
    const limit = Number(kind === "VIDEO" ? this.say.videoBytes : this.say.pictureBytes);
    if (known?.state === "refused") known.row.remove();
    const entry = this.add(file, mark, kind, file.name, { quiet: true });
    if (!kind) return this.refuse(entry, this.say.sayStrange);
    if (kind === "PICTURE") entry.blob = await lighter(file, (thumb) => this.showThumb(entry, thumb));
    if (entry.blob.size > limit) return this.refuse(entry, kind === "VIDEO" ? this.say.sayLargeVideo : this.say.sayLargePicture);
    await keepFile({ draft: this.say.draft, mark, kind, name: file.name, blob: entry.blob });
    if (entry.state === "reading") this.set(entry, "waiting", this.say.sayWaiting);
    return this.pump();
  }

  /** A file with its row: of a new choice, or one that the phone kept. */
  add(blob, mark, kind, name, { quiet = false } = {}) {
    let entry = this.entries.find((other) => other.mark === mark && other.state === "arriving");
    if (!entry) {
      if (!quiet && this.entries.some((other) => other.mark === mark)) {
        dropFile(this.say.draft, mark);
        return null;
      }
      const row = this.pattern.content.firstElementChild.cloneNode(true);
      this.list.append(row);
      entry = { row, mark, url: "", offset: 0 };
      this.entries = [...this.entries.filter((other) => other.mark !== mark), entry];
      this.dress(entry);
    }
    Object.assign(entry, { blob, kind, name, state: quiet ? "reading" : "waiting" });
    const shown = entry.row.querySelector("[data-name]");
    shown.textContent = name || (kind === "VIDEO" ? this.say.sayMovie : this.say.sayPicture);
    this.nameButton(entry);
    if (!quiet) {
      this.set(entry, "waiting", this.say.sayWaiting);
      this.pump();
    }
    return entry;
  }

  showThumb(entry, element) {
    if (entry.state !== "gone") entry.row.querySelector("[data-picture]").replaceChildren(element);
  }

  set(entry, state, words, part = null) {
    entry.state = state;
    entry.row.dataset.fileState = state;
    entry.row.classList.toggle("rfile--bad", state === "refused");
    entry.row.querySelector("[data-say]").textContent = words;
    const bar = entry.row.querySelector("[data-progress]");
    bar.hidden = part === null;
    if (part !== null) bar.value = part;
    if (state === "done" || state === "refused") this.status.textContent = `${entry.name ?? ""}: ${words}`;
    this.settle();
  }

  refuse(entry, words) {
    dropFile(this.say.draft, entry.mark);
    this.set(entry, "refused", words);
  }

  // --- Sending ---

  async pump() {
    if (this.running) return;
    this.running = true;
    let entry;
    while ((entry = this.entries.find((one) => one.state === "waiting"))) await this.send(entry);
    this.running = false;
    this.settle();
  }

  async send(entry) {
    let pause = 1;
    while (OPEN_STATES.has(entry.state)) {
      try {
        this.showPart(entry);
        const facts = entry.url && entry.announced ? await this.sendPiece(entry) : await this.announce(entry);
        pause = 1;
        this.believe(entry, facts);
      } catch (error) {
        if (!OPEN_STATES.has(entry.state)) return;
        if (error.words !== undefined) return this.refuse(entry, error.words || this.say.sayFailed);
        this.piece = Math.max(SMALLEST, Math.round(this.piece / 2));
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        await this.rest(entry, pause);
      }
    }
  }

  believe(entry, facts) {
    if (!OPEN_STATES.has(entry.state)) return;
    Object.assign(entry, { url: facts.url ?? entry.url, offset: facts.offset, announced: true });
    if (facts.state === "done") {
      dropFile(this.say.draft, entry.mark);
      if (facts.picture) this.showPicture(entry, facts.picture);
      this.set(entry, "done", facts.video ? this.say.sayVideo : this.say.sayDone);
    } else if (facts.state === "refused") this.refuse(entry, facts.say || this.say.sayFailed);
  }

  showPart(entry) {
    const part = Math.floor((entry.offset / entry.blob.size) * 100);
    const last = entry.offset + this.piece >= entry.blob.size;
    const words = last && entry.offset ? this.say.sayChecking : this.say.saySending.replace("{part}", part);
    this.set(entry, "sending", words, part);
  }

  showPicture(entry, url) {
    const picture = new Image(72, 72);
    picture.alt = entry.name ?? this.say.sayPicture;
    picture.src = url;
    this.showThumb(entry, picture);
  }

  /** A break of the line is an Error without ``words``; an answer that ends it has them. */
  async ask(url, options) {
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
    try {
      const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token, ...options.headers };
      const response = await fetch(url, { credentials: "same-origin", cache: "no-store", signal: impatience.signal, ...options, headers });
      if (response.status === 404 || response.status === 410) throw Object.assign(new Error("gone"), { words: this.say.sayGone });
      if (response.status === 403) throw Object.assign(new Error("token"), { words: this.say.sayFailed });
      const facts = await response.json();
      if (response.ok || response.status === 409) return facts;
      if ([413, 422, 429].includes(response.status) && facts.say) throw Object.assign(new Error("refused"), { words: facts.say });
      throw new Error(String(response.status));
    } finally {
      clearTimeout(timer);
    }
  }

  announce(entry) {
    const body = new URLSearchParams({ kind: entry.kind, size: entry.blob.size, mark: entry.mark, position: this.entries.indexOf(entry) });
    return this.ask(this.say.announce, { method: "POST", body });
  }

  async sendPiece(entry) {
    const began = Date.now();
    const body = entry.blob.slice(entry.offset, entry.offset + this.piece);
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(entry.offset) };
    const facts = await this.ask(entry.url, { method: "PATCH", body, headers });
    if (Date.now() - began < QUICK_MS) this.piece = Math.min(GROWTH * Number(this.say.piece), this.piece * 2);
    return facts;
  }

  /** Wait and say so, shorter when the line comes back. */
  async rest(entry, seconds) {
    const offline = navigator.onLine === false;
    const words = offline ? this.say.sayOffline : this.say.sayAgain.replace("{seconds}", seconds);
    const part = Math.floor((entry.offset / entry.blob.size) * 100);
    this.set(entry, "pausing", words, part);
    this.status.textContent = words;
    await new Promise((done) => {
      this.wake = done;
      setTimeout(done, seconds * 1000);
    });
    this.wake = null;
    this.status.textContent = "";
  }

  // --- Taking away, and the form's own button ---

  async drop(entry) {
    const { url, state } = entry;
    entry.state = "gone";
    this.wake?.();
    dropFile(this.say.draft, entry.mark);
    this.entries = this.entries.filter((other) => other !== entry);
    entry.row.remove();
    this.input.focus();
    this.settle();
    if (url && state !== "gone") await this.ask(url, { method: "DELETE" }).catch(() => null);
  }

  get pending() {
    return this.entries.filter((entry) => OPEN_STATES.has(entry.state) || entry.state === "reading");
  }

  hold(event) {
    // “Quay lại” never waits: the phone keeps what is not through.
    if (!this.pending.length || event.submitter?.name === "lui") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter ?? null;
    this.waitBox.hidden = false;
    this.waitBox.scrollIntoView({ block: "nearest" });
  }

  settle() {
    if (this.pending.length || this.submitter === undefined) return;
    const submitter = this.submitter;
    this.submitter = undefined;
    this.waitBox.hidden = true;
    // Something was refused meanwhile: the sender should see it before going on.
    if (this.entries.some((entry) => entry.state === "refused" && entry.blob && !entry.seen)) {
      for (const entry of this.entries) entry.seen = true;
      return;
    }
    this.form.requestSubmit(submitter ?? undefined);
  }

  async goWithout() {
    await Promise.all(this.pending.map((entry) => this.drop(entry)));
  }
}

for (const root of document.querySelectorAll("[data-report-files]")) new Field(root).start();
