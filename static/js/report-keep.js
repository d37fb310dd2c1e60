// What somebody writes and chooses for a report stays on their own phone until it is through: words and files in IndexedDB,
// under the form's key, for two days at most. Without IndexedDB (some private windows) nothing is kept, and all else works.

const NAME = "cong-phan-anh";
const KEPT_MS = 48 * 3600 * 1000;
const SAVE_AFTER_MS = 400;

let opening = null;

function open() {
  opening ??= new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open(NAME, 1);
    } catch {
      resolve(null);
      return;
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "key" });
      request.result.createObjectStore("files", { keyPath: ["draft", "mark"] }).createIndex("draft", "draft");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
  return opening;
}

/** Run ``work`` on a store; what it asked for, or null where nothing can be kept. */
async function on(store, mode, work) {
  const database = await open();
  if (!database) return null;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result ?? null);
      transaction.onerror = transaction.onabort = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

export function keepFile(record) {
  return on("files", "readwrite", (store) => store.put({ ...record, at: Date.now() }));
}

export async function keptFiles(draft) {
  const records = (await on("files", "readonly", (store) => store.index("draft").getAll(draft))) ?? [];
  return records.filter((record) => Date.now() - record.at < KEPT_MS).sort((one, other) => one.at - other.at);
}

export function dropFile(draft, mark) {
  return on("files", "readwrite", (store) => store.delete([draft, mark]));
}

/** Everything of one form. */
export async function forget(draft) {
  await on("drafts", "readwrite", (store) => store.delete(draft));
  await on("files", "readwrite", (store) => {
    const request = store.index("draft").getAllKeys(draft);
    request.onsuccess = () => request.result.forEach((key) => store.delete(key));
    return null;
  });
}

async function forgetOld() {
  const drafts = (await on("drafts", "readonly", (store) => store.getAll())) ?? [];
  const old = drafts.filter((draft) => Date.now() - draft.at >= KEPT_MS);
  for (const draft of old) await forget(draft.key);
  return drafts.filter((draft) => !old.includes(draft));
}

// --- The words of the form ---

async function keepWords(form, key) {
  const fields = [...form.querySelectorAll("textarea, input[type=text]")].filter((field) => field.name && field.name !== "trang_web");
  const kept = await on("drafts", "readonly", (store) => store.get(key));
  for (const field of fields) {
    const words = kept?.words?.[field.name];
    // Only where the server still has what it had when these words were typed: it may have changed them since, on demand.
    if (words && words.before === field.defaultValue && field.value === field.defaultValue) {
      field.value = words.now;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  const save = () => {
    const words = Object.fromEntries(fields.map((field) => [field.name, { before: field.defaultValue, now: field.value }]));
    return on("drafts", "readwrite", (store) => store.put({ key, url: location.pathname, words, at: Date.now() }));
  };
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  });
  form.addEventListener("submit", save);
  addEventListener("pagehide", save);
  await save();
}

// --- “Viết tiếp”: what was begun on this phone and not sent ---

async function offer(box) {
  const [draft] = (await forgetOld()).sort((one, other) => other.at - one.at);
  if (!draft) return;
  const link = box.querySelector("[data-keep-link]");
  link.href = draft.url;
  const words = Object.values(draft.words ?? {}).map((word) => word.now.trim()).find(Boolean);
  const shown = box.querySelector("[data-keep-words]");
  if (words) shown.textContent = words.length > 90 ? `${words.slice(0, 89)}…` : words;
  else shown.hidden = true;
  box.querySelector("[data-keep-drop]").addEventListener("click", async () => {
    await forget(draft.key);
    box.remove();
  });
  box.hidden = false;
}

const key = /\/phan-anh\/gui\/([\w-]{22})\//.exec(location.pathname)?.[1];
const form = document.querySelector("form[data-step='2'][data-report-form]");
const box = document.querySelector("[data-keep-offer]");
if (key && form) keepWords(form, key);
if (key && document.querySelector("[data-report-received]")) forget(key);
if (box) offer(box);
