// Says every 20 seconds that this person is here; shows who else is, and whether somebody has saved meanwhile.

import { form, send } from "./editor-text.js";
import { hasChanges } from "./editor-autosave.js";

const EVERY = 20000;

function note() {
  const data = new FormData();
  data.set("version", form.dataset.version);
  if (hasChanges()) data.set("has_changes", "1");
  return data;
}

async function beat(bar) {
  try {
    const answer = await send(form.dataset.presenceUrl, note());
    if (!answer.ok) return;
    const { html } = await answer.json();
    // Written only when it says something else: a live region is read out at every writing.
    if (bar.dataset.shown === html) return;
    bar.dataset.shown = html;
    bar.innerHTML = html;
  } catch {
    // The next beat tries again; the autosave says that the network is away.
  }
}

export function startPresence() {
  const bar = document.querySelector("[data-presence]");
  if (!bar || !form.dataset.presenceUrl) return;
  bar.dataset.shown = bar.innerHTML.trim();
  beat(bar);
  setInterval(() => beat(bar), EVERY);
  window.addEventListener("pagehide", () => {
    const data = note();
    data.set("leaving", "1");
    data.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    navigator.sendBeacon(form.dataset.presenceUrl, data);
  });
}
