// Pasting from Word, Google Docs or a page: what can not be kept is left out at once, and said with what to do instead.

import { editor, say, whenReady, words } from "./editor-text.js";

const EARLY = 1;
const FOREIGN_PICTURE = /<img\b(?![^<>]*\ssrc\s*=\s*["']?\/media\/)[^<>]*>/gi;
const DEAD_LINK = /<a\b[^<>]*\shref\s*=\s*["']?\s*(?:file|javascript|vbscript|data):/gi;
const COMMENT = /<!--[\s\S]*?-->/g;

function leftOut(html) {
  const bare = html.replace(COMMENT, "");
  return { pictures: (bare.match(FOREIGN_PICTURE) ?? []).length, links: (bare.match(DEAD_LINK) ?? []).length };
}

function tell({ pictures, links }) {
  const said = [];
  if (pictures) said.push(`${words.picturesLeftOut} ${pictures}. ${words.picturesAdvice}`);
  if (links) said.push(`${words.linksLeftOut} ${links}. ${words.linksAdvice}`);
  if (said.length) say(said.join(" "));
}

export function startPaste() {
  whenReady(() => {
    const instance = editor();
    if (!instance) return;
    instance.on("paste", ({ data }) => {
      const html = data.dataValue ?? "";
      const found = leftOut(html);
      const files = html ? 0 : (data.dataTransfer?.getFilesCount() ?? 0);
      data.dataValue = html.replace(FOREIGN_PICTURE, "");
      tell({ pictures: found.pictures + files, links: found.links });
    }, null, null, EARLY);
  });
}
