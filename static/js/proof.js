// Proof of work for forms that strangers send (portal/core/proof_of_work.py): begun when the form is touched, so that it
// is mostly done when the reader presses Gửi. Where it can not be done (old browser, plain HTTP) the form goes without.

const LIMIT = 600; // tries; the server hides the number below 500
const FRESH = 15 * 60 * 1000; // the server takes an answer for twenty minutes
const PATIENCE = 60 * 1000;

/** The answer to a fresh challenge as text for the hidden field, or "" where it can not be found. */
function answer(form, onProgress) {
  return new Promise((resolve) => {
    if (!window.Worker || !window.crypto?.subtle) return resolve("");
    const worker = new Worker(form.dataset.worker);
    const finish = (text) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(text);
    };
    const timer = setTimeout(() => finish(""), PATIENCE);
    worker.addEventListener("error", () => finish(""));
    worker.addEventListener("message", ({ data }) => {
      if (data.payload || data.failed) finish(data.payload ?? "");
      else onProgress(Math.min(95, (data.tried / LIMIT) * 100));
    });
    fetch(form.dataset.challenge, { credentials: "same-origin", cache: "no-store" })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
      .then((challenge) => worker.postMessage({ challenge, limit: LIMIT }))
      .catch(() => finish(""));
  });
}

/** Make ``form`` prove before it is sent; ``send`` takes the form when the answer stands in its field. */
export function proveBeforeSending(form, send) {
  const field = form.elements.altcha;
  const state = form.querySelector("[data-proof-state]");
  const bar = form.querySelector("[data-proof-progress]");
  let work = null;
  let begun = 0;
  let busy = false;

  const begin = () => {
    if (work && Date.now() - begun < FRESH) return;
    begun = Date.now();
    work = answer(form, (share) => {
      bar.value = share;
    });
  };
  form.addEventListener("focusin", begin, { once: true });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    begin();
    state.textContent = state.dataset.working;
    bar.hidden = false;
    field.value = await work;
    bar.hidden = true;
    state.textContent = state.dataset.sending;
    work = null; // an answer counts once
    try {
      await send(form);
    } catch {
      state.textContent = state.dataset.failed;
    }
    busy = false;
  });
}
