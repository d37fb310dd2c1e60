// Pasting from Word, Google Docs or a web page: the server brings it into our formats at once, so that what is seen is
// what will be saved, and says what was left out. Copies inside the editor stay as they are.

import { editor, say, send, whenReady, words } from "./editor-text.js";

const FIRST = 0;
const EMBEDDED = /data:[a-z]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]+/gi;

function put(instance, html) {
  instance.focus();
  instance.fire("saveSnapshot");
  instance.insertHtml(html);
  instance.fire("saveSnapshot");
  instance.fire("change");
}

async function clean(instance, html) {
  const data = new FormData();
  data.set("html", html);
  say(words.cleaning);
  try {
    const answer = await send(words.cleanUrl, data);
    const { html: cleaned, said, error } = await answer.json();
    if (cleaned) put(instance, cleaned);
    say(error ?? said);
  } catch {
    // Out of reach or signed out: the editor's own list of what is allowed does it, the save cleans again.
    put(instance, html);
    say("");
  }
}

export function startPaste() {
  whenReady(() => {
    const instance = editor();
    if (!instance) return;
    instance.on("paste", (event) => {
      const { dataTransfer } = event.data;
      if (dataTransfer.getTransferType(instance) === window.CKEDITOR.DATA_TRANSFER_INTERNAL) return;
      const html = dataTransfer.getData("text/html", true);
      if (html) {
        event.cancel();
        clean(instance, html.replace(EMBEDDED, ""));
      } else if (dataTransfer.getFilesCount()) {
        event.cancel();
        say(words.pastedFile);
      }
    }, null, null, FIRST);
  });
}
