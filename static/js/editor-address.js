// The address as it will be, live from the category, the title and what was written by hand. The server decides.

import { field } from "./editor-text.js";

const LONGEST = 80;

function slug(text) {
  const plain = text.replace(/[đĐðÐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  if (whole.length <= LONGEST) return whole;
  return whole.slice(0, LONGEST + 1).replace(/-[^-]*$/, "").slice(0, LONGEST).replace(/-+$/, "");
}

export function startAddress() {
  const line = document.querySelector("[data-address]");
  const own = field("slug");
  if (!line) return;
  // Under the title, where it comes from.
  field("title").closest(".fld")?.append(line);
  if (!own) return;
  const shown = line.querySelector("[data-address-words]");
  const id = shown.textContent.match(/-(\d+)\/$/)?.[1] ?? "…";
  const categories = JSON.parse(line.dataset.categories);
  const show = () => {
    const category = categories[field("category")?.value] ?? "…";
    shown.textContent = `/tin-tuc/${category}/${slug(own.value.trim() || field("title").value) || "…"}-${id}/`;
  };
  for (const name of ["title", "slug", "category"]) field(name)?.addEventListener("input", show);
  field("category")?.addEventListener("change", show);
  show();
}
