// The sheet of papers: says when it was printed, and prints at once when it was opened to be printed (#in).

const place = document.querySelector("[data-print-time]");
const DAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const two = (number) => String(number).padStart(2, "0");

/** "Thứ Hai, 23/11/2026", as official documents write it: 0 before days under 10 and before months 1 and 2. */
function day(now) {
  const month = now.getMonth() + 1;
  return `${DAYS[now.getDay()]}, ${two(now.getDate())}/${month <= 2 ? two(month) : month}/${now.getFullYear()}`;
}

function stamp() {
  const now = new Date();
  place.textContent = `${place.dataset.words} ${two(now.getHours())}:${two(now.getMinutes())}\n${day(now)}`;
}

stamp();
window.addEventListener("beforeprint", stamp);
document.querySelector("[data-print-sheet]").addEventListener("click", () => window.print());
if (location.hash === "#in") window.addEventListener("load", () => window.print(), { once: true });
