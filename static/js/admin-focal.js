// The focal point: a click on the picture writes the two numbers, the numbers move the mark.

const frame = document.querySelector("[data-focal]");
const across = document.querySelector("#id_focal_x");
const down = document.querySelector("#id_focal_y");

if (frame && across && down) {
  const mark = document.createElement("span");
  mark.className = "focal-mark";
  mark.setAttribute("aria-hidden", "true");
  frame.append(mark);
  frame.classList.add("focal-frame--live");

  const show = () => {
    mark.style.left = `${across.value || 50}%`;
    mark.style.top = `${down.value || 50}%`;
  };
  const percent = (part, whole) => Math.min(100, Math.max(0, Math.round((100 * part) / whole)));

  frame.addEventListener("click", (event) => {
    const box = frame.getBoundingClientRect();
    across.value = percent(event.clientX - box.left, box.width);
    down.value = percent(event.clientY - box.top, box.height);
    for (const field of [across, down]) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}
