// The document's form: one more row of relations, and no sending without the tick, which would lose the chosen files.
// Without scripts empty rows stand at the end, more come after saving, and the server asks for the tick.

const root = document.querySelector("[data-relations]");

if (root) {
  const list = root.querySelector("[data-relations-list]");
  const number = root.querySelector("[data-relations-number]");
  const button = root.querySelector("[data-relations-add]");
  const limit = Number(root.dataset.limit);

  button.hidden = false;
  button.addEventListener("click", () => {
    const place = Number(number.value);
    if (place >= limit) return;
    const row = root.querySelector("template").content.firstElementChild.cloneNode(true);
    row.innerHTML = row.innerHTML.replaceAll("__place__", place);
    list.append(row);
    number.value = place + 1;
    button.disabled = place + 1 >= limit;
    row.querySelector("select").focus();
  });
}

const secrecy = document.querySelector("#id_secrecy");
const publish = document.querySelector("#document_form [name=_publish]");

if (secrecy && publish) {
  secrecy.addEventListener("change", () => secrecy.setCustomValidity(""));
  publish.addEventListener("click", (event) => {
    secrecy.setCustomValidity(secrecy.checked ? "" : publish.dataset.without);
    if (!secrecy.reportValidity()) event.preventDefault();
  });
}
