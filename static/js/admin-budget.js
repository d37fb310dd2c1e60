// The grid of a budget table: arrows and Enter move between cells, a block copied from Excel fills several, and a row or
// five more come without sending the page. Without scripts everything goes through the buttons of the form.

const FIELDS_LIMIT = 1600;

for (const table of document.querySelectorAll("[data-table]")) {
  const grid = table.querySelector(".bt-grid");
  if (!grid) continue;
  const prefix = table.dataset.table;
  const count = table.querySelector("[data-rows]");
  const body = grid.tBodies[0];
  const after = table.querySelector(`[name="${prefix}-after"]`);
  table.querySelector("[data-keys]")?.removeAttribute("hidden");

  const cellsOf = (row) => [...row.querySelectorAll("td input:not([type=checkbox], [type=hidden])")];
  const placeOf = (input) => {
    const row = input.closest("tr");
    return { row: [...body.rows].indexOf(row), column: cellsOf(row).indexOf(input) };
  };
  const focusAt = (row, column) => {
    const input = body.rows[row] && cellsOf(body.rows[row])[column];
    if (input) {
      input.focus();
      input.select();
    }
    return Boolean(input);
  };

  const emptied = (row, at) => {
    for (const field of row.querySelectorAll("[name], [id]")) {
      if (field.name) field.name = field.name.replace(/-r\d+-/, `-r${at}-`);
      if (field.id) field.id = field.id.replace(/-r\d+-/, `-r${at}-`);
      const label = field.getAttribute("aria-label");
      if (label) field.setAttribute("aria-label", label.replace(/\d+/, at + 1));
    }
    for (const field of row.querySelectorAll("input[type=hidden], .bt-why")) field.remove();
    for (const field of row.querySelectorAll("input")) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    for (const choice of row.querySelectorAll("select")) choice.value = "";
    for (const cell of row.cells) cell.classList.remove("bt-doubt", "bt-bad");
    row.querySelector(".bt-grid__at").textContent = at + 1;
    return row;
  };

  const addRow = () => {
    const fields = grid.querySelectorAll("input, select").length;
    const last = body.rows[body.rows.length - 1];
    if (!last || fields + last.querySelectorAll("input, select").length > FIELDS_LIMIT) return false;
    const at = Number(count.value);
    body.append(emptied(last.cloneNode(true), at));
    count.value = at + 1;
    if (Number(after?.value) === body.rows.length - 1) after.value = body.rows.length;
    return true;
  };

  grid.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type === "checkbox" || event.isComposing) return;
    const step = { ArrowDown: 1, Enter: event.shiftKey ? -1 : 1, ArrowUp: -1 }[event.key];
    if (!step || !body.contains(input)) return;
    event.preventDefault();
    const at = placeOf(input);
    if (!focusAt(at.row + step, at.column) && event.key === "Enter" && step > 0 && addRow()) {
      focusAt(at.row + 1, at.column);
    }
  });

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.replace(/\n$/, "")) || !body.contains(event.target)) return;
    event.preventDefault();
    const start = placeOf(event.target);
    text
      .replace(/\r/g, "")
      .replace(/\n$/, "")
      .split("\n")
      .forEach((line, down) => {
        if (!body.rows[start.row + down] && !addRow()) return;
        const cells = cellsOf(body.rows[start.row + down]);
        line.split("\t").forEach((part, along) => {
          if (cells[start.column + along]) cells[start.column + along].value = part.trim();
        });
      });
  });

  // At the end rows come at once; anywhere else the server puts them in and counts anew.
  table.querySelector(`[value="rows:${prefix}"]`)?.addEventListener("click", (event) => {
    if (Number(after.value) !== body.rows.length || body.rows.length !== Number(count.value)) return;
    let first = null;
    for (let more = 0; more < 5; more += 1) {
      if (!addRow()) return;
      first ??= body.rows.length - 1;
    }
    event.preventDefault();
    focusAt(first, 0);
  });
}
