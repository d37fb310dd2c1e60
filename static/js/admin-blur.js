// Boxes to blur, drawn on the picture with mouse, finger or pen. The number fields are the truth: what is drawn is written into
// them, what is typed there is drawn, and without this script they are all there is.

const WHOLE = 1000;
const SMALLEST = 10;
const LIMIT = 20;
const PAUSE = 400;
const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["trai", "tren", "rong", "cao"];

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class Picture {
  constructor(section) {
    this.section = section;
    this.frame = section.querySelector("[data-blur-frame]");
    this.svg = section.querySelector("[data-blur-boxes]");
    this.list = section.querySelector("[data-box-rows]");
    this.after = section.querySelector("[data-blur-after]");
    this.draw = section.querySelector("[data-blur-draw]");
    this.listen();
    this.show();
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-box-row]")];
  }

  fields(row) {
    return SIDES.map((side) => row.querySelector(`input[name$="-${side}"]`));
  }

  // In thousandths; null for a line that is not filled in, or lies outside.
  read(row) {
    const box = this.fields(row).map((field) => (field.value === "" ? NaN : Math.round(Number(field.value) * 10)));
    const [left, top, width, height] = box;
    const good = box.every((value) => value >= 0) && width > 0 && height > 0 && left + width <= WHOLE && top + height <= WHOLE;
    return good ? box : null;
  }

  write(row, box) {
    this.fields(row).forEach((field, place) => {
      field.value = String(Math.round(box[place]) / 10);
    });
  }

  add(box) {
    if (this.rows.length >= LIMIT) return null;
    const copy = this.section.querySelector("[data-box-template]").content.cloneNode(true);
    this.list.append(copy);
    const row = this.list.lastElementChild;
    this.write(row, box);
    this.section.querySelector("details").open = true;
    return row;
  }

  drop(row) {
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    this.changed();
    (next?.querySelector("input") || this.section.querySelector("[data-box-add]")).focus();
  }

  // Numbers of the lines, rectangles on the picture.
  show() {
    this.svg.replaceChildren();
    const key = this.section.querySelector("[data-box-add]").value;
    this.rows.forEach((row, place) => {
      for (const mark of row.querySelectorAll("[data-box-number]")) mark.textContent = place + 1;
      row.querySelector("[data-box-drop]").value = `${key}-${place + 1}`;
      const box = this.read(row);
      if (!box) return;
      const shape = document.createElementNS(SVG, "rect");
      ["x", "y", "width", "height"].forEach((name, side) => shape.setAttribute(name, box[side]));
      shape.boxRow = row;
      this.svg.append(shape);
    });
    this.section.querySelector("[data-box-count]").textContent = this.rows.length;
  }

  changed() {
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview(), PAUSE);
  }

  preview() {
    const boxes = this.rows.map((row) => this.read(row)).filter(Boolean);
    const query = boxes.map((box) => `o=${box.join(",")}`).join("&");
    this.after.src = `${this.section.dataset.preview}?${query}`;
  }

  place(event) {
    const area = this.svg.getBoundingClientRect();
    return [
      clamp(((event.clientX - area.left) / area.width) * WHOLE, 0, WHOLE),
      clamp(((event.clientY - area.top) / area.height) * WHOLE, 0, WHOLE),
    ];
  }

  begin(event) {
    if (!this.frame.classList.contains("blur--drawing") || event.button > 0 || this.held) return;
    event.preventDefault();
    const from = this.place(event);
    const row = event.target.boxRow;
    const box = row && this.read(row);
    this.held = { pointer: event.pointerId, from, row, box: box || null };
    this.svg.setPointerCapture(event.pointerId);
  }

  go(event) {
    const held = this.held;
    if (!held || held.pointer !== event.pointerId) return;
    const [across, down] = this.place(event);
    if (held.box) {
      const [left, top, width, height] = held.box;
      this.write(held.row, [
        clamp(left + across - held.from[0], 0, WHOLE - width),
        clamp(top + down - held.from[1], 0, WHOLE - height),
        width,
        height,
      ]);
    } else {
      const box = [
        Math.floor(Math.min(across, held.from[0])),
        Math.floor(Math.min(down, held.from[1])),
        Math.floor(Math.abs(across - held.from[0])),
        Math.floor(Math.abs(down - held.from[1])),
      ];
      if (!held.row && (box[2] < SMALLEST || box[3] < SMALLEST)) return;
      held.row ||= this.add(box);
      if (!held.row) return;
      const [left, top] = box.map((value) => Math.min(value, WHOLE - SMALLEST));
      this.write(held.row, [left, top, Math.max(SMALLEST, box[2]), Math.max(SMALLEST, box[3])]);
    }
    this.show();
  }

  end(event) {
    if (!this.held || this.held.pointer !== event.pointerId) return;
    const { row } = this.held;
    this.held = null;
    if (row) this.changed();
  }

  listen() {
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, (event) => this.end(event));
    this.list.addEventListener("input", () => this.changed());
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-box-drop]");
      if (!button) return;
      event.preventDefault();
      this.drop(button.closest("[data-box-row]"));
    });
    this.section.querySelector("[data-box-add]").addEventListener("click", (event) => {
      event.preventDefault();
      const row = this.add([400, 400, 200, 200]);
      if (!row) return;
      this.changed();
      this.fields(row)[0].focus();
    });
    // A finger scrolls the page over a picture, until it is told to draw; a mouse draws at once.
    this.draw.hidden = false;
    this.section.querySelector("[data-blur-hint]").hidden = false;
    this.draw.addEventListener("click", () => this.arm(this.draw.getAttribute("aria-pressed") !== "true"));
    this.arm(!window.matchMedia("(pointer: coarse)").matches);
  }

  arm(draws) {
    this.draw.setAttribute("aria-pressed", String(draws));
    this.frame.classList.toggle("blur--drawing", draws);
  }
}

for (const section of document.querySelectorAll("[data-blur]")) new Picture(section);

// The way through the queue without a mouse.
const next = document.querySelector("[data-publish-next]");
if (next) {
  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (!next.form.contains(document.activeElement) && document.activeElement !== document.body) return;
    event.preventDefault();
    next.form.requestSubmit(next);
  });
}
