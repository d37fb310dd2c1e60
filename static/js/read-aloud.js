// "Nghe đọc": the browser's own Vietnamese voice reads the main content. Nothing leaves the machine by our doing.
// Words come from data attributes of components/reader.html, so they are translated with the rest.

const bar = document.querySelector("[data-reader]");
const speech = window.speechSynthesis;
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, figcaption, caption, th, td, blockquote";
const LONGEST = 180; // characters; longer utterances are cut off by some browsers after about 15 seconds
const VOICE_WAIT = 1500; // milliseconds; voices load late on first use
let running = 0; // number of the present reading; a stopped one is recognised by its old number

/** The Vietnamese voice of this browser, or undefined. */
function vietnameseVoice() {
  return speech.getVoices().find((voice) => /^vi([-_]|$)/i.test(voice.lang));
}

/** Resolve once voices are known, or after VOICE_WAIT. */
function voicesReady() {
  if (speech.getVoices().length) return Promise.resolve();
  return new Promise((resolve) => {
    speech.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICE_WAIT);
  });
}

/** Cut one paragraph at sentence ends, then at spaces, into pieces of at most LONGEST characters. */
function pieces(text) {
  const out = [];
  for (const sentence of text.match(/[^.!?…;:]+[.!?…;:]*\s*/g) || [text]) {
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const cut = Math.max(rest.lastIndexOf(" ", LONGEST), 1);
      out.push(rest.slice(0, cut));
      rest = rest.slice(cut).trim();
    }
    if (rest) out.push(rest);
  }
  return out;
}

/** The visible words of the page, in order, without forms, tools and hidden parts. */
function contentPieces() {
  const area = document.querySelector("[data-read-area]");
  const blocks = [...area.querySelectorAll(BLOCKS)].filter(
    (node) =>
      !node.closest("[data-no-read], .print-only, form, svg") &&
      !node.querySelector(BLOCKS) &&
      node.getClientRects().length,
  );
  return blocks.flatMap((node) => pieces(node.innerText.replace(/\s+/g, " ").trim()));
}

function setButtons(reading) {
  for (const button of document.querySelectorAll("[data-read]")) {
    const label = button.querySelector("[data-read-label]");
    label.textContent = reading ? bar.dataset.stop : label.dataset.start || bar.dataset.start;
  }
}

function say(message, withStop) {
  bar.hidden = false;
  bar.querySelector("[data-reader-text]").textContent = message;
  bar.querySelector("[data-reader-stop]").hidden = !withStop;
}

function stop() {
  running = 0;
  speech.cancel();
  setButtons(false);
  bar.hidden = true;
}

function speakNext(queue, voice, id) {
  if (running !== id) return;
  const text = queue.shift();
  if (!text) {
    running = 0;
    setButtons(false);
    say(bar.dataset.done, false);
    return;
  }
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.onend = () => speakNext(queue, voice, id);
  utterance.onerror = () => running === id && stop();
  speech.speak(utterance);
}

async function start() {
  if (!speech || !window.SpeechSynthesisUtterance) {
    say(bar.dataset.unsupported, false);
    return;
  }
  await voicesReady();
  const voice = vietnameseVoice();
  if (!voice) {
    say(bar.dataset.noVoice, false);
    return;
  }
  running = Date.now();
  setButtons(true);
  say(bar.dataset.reading, true);
  speakNext(contentPieces(), voice, running);
}

if (bar) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reader-stop]")) stop();
    else if (event.target.closest("[data-read]")) {
      if (running) stop();
      else start();
    }
  });
  // Speech outlives the page in some browsers.
  window.addEventListener("pagehide", () => speech && speech.cancel());
}
