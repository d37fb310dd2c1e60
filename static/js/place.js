// Which commune is this phone in? Decided here, in the browser: the outlines come once from our own server, the position never
// leaves the page. Without this script, or without a position, the text box and the list beside it do the same.

const METRES_PER_DEGREE = 111_320;
// The outlines are simplified: nearer to a border than this, both sides are named.
const BORDER_METRES = 150;
const MOST_CANDIDATES = 4;
// A position this vague (a computer guessed by its network) says nothing about communes.
const VAGUE_METRES = 5_000;

/** Rings as the server keeps them: a point, then steps (units/boundaries.py). */
function ringOf(kept) {
  const ring = [];
  let x = 0;
  let y = 0;
  for (let place = 0; place < kept.length; place += 2) {
    x += kept[place];
    y += kept[place + 1];
    ring.push([x, y]);
  }
  return ring;
}

function holds(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    let [ax, ay] = ring[ring.length - 1];
    for (const [bx, by] of ring) {
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      [ax, ay] = [bx, by];
    }
  }
  return inside;
}

/** Metres from the point to the nearest border. */
function distance(rings, x, y, scale) {
  const across = (METRES_PER_DEGREE / scale) * Math.cos(((y / scale) * Math.PI) / 180);
  const up = METRES_PER_DEGREE / scale;
  let least = Infinity;
  for (const ring of rings) {
    let [ax, ay] = ring[ring.length - 1].map((part, axis) => (axis ? (part - y) * up : (part - x) * across));
    for (const [px, py] of ring) {
      const bx = (px - x) * across;
      const by = (py - y) * up;
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = length ? Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length)) : 0;
      least = Math.min(least, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)));
      [ax, ay] = [bx, by];
    }
  }
  return least;
}

/** The communes the position may lie in: the one around it first, then those whose border is within reach. */
export function candidates(outlines, position) {
  const x = position.longitude * outlines.scale;
  const y = position.latitude * outlines.scale;
  const reach = Math.max(BORDER_METRES, position.accuracy ?? 0);
  const found = [];
  for (const unit of outlines.units) {
    const rings = unit.rings.map(ringOf);
    const far = holds(rings, x, y) ? -1 : distance(rings, x, y, outlines.scale);
    if (far <= reach) found.push({ name: unit.name, slug: unit.slug, far });
  }
  return found.sort((one, other) => one.far - other.far).slice(0, MOST_CANDIDATES);
}

function locate() {
  return new Promise((resolve, reject) => {
    const options = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };
    navigator.geolocation.getCurrentPosition((found) => resolve(found.coords), reject, options);
  });
}

let outlinesOnce = null;

function loadOutlines(url) {
  outlinesOnce ??= fetch(url).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  // After a failure the next press asks again.
  outlinesOnce.catch(() => {
    outlinesOnce = null;
  });
  return outlinesOnce;
}

function say(status, words) {
  const line = document.createElement("p");
  line.textContent = words;
  status.replaceChildren(line);
}

function offer(box, status, found) {
  const words = box.dataset;
  say(status, found[0].far < 0 ? words.inside.replace("{name}", found[0].name) : words.near);
  if (found.length > 1) status.append(Object.assign(document.createElement("p"), { textContent: words.border }));
  const list = document.createElement("ul");
  for (const { name, slug } of found) {
    const link = document.createElement("a");
    link.href = `${words.action}?xa=${encodeURIComponent(slug)}`;
    link.textContent = words.link.replace("{name}", name);
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  status.append(list);
}

/** What went wrong, in the words of the page: refused, not found, too slow. */
function reason(error, words) {
  return { 1: words.denied, 2: words.unavailable, 3: words.slow }[error.code] ?? words.broken;
}

async function find(box, status) {
  const words = box.dataset;
  say(status, words.waiting);
  try {
    const [position, outlines] = await Promise.all([locate(), loadOutlines(words.boundaries)]);
    if (position.accuracy > VAGUE_METRES) {
      say(status, words.vague);
      return;
    }
    const found = candidates(outlines, position);
    if (found.length) offer(box, status, found);
    else say(status, words.outside);
  } catch (error) {
    say(status, reason(error, words));
  }
}

if ("geolocation" in navigator && window.isSecureContext) {
  for (const box of document.querySelectorAll("[data-place-finder]")) {
    const button = box.querySelector("[data-place-start]");
    const status = box.querySelector("[data-place-status]");
    let isBusy = false;
    box.hidden = false;
    button.addEventListener("click", async () => {
      if (isBusy) return;
      isBusy = true;
      button.setAttribute("aria-disabled", "true");
      await find(box, status);
      button.removeAttribute("aria-disabled");
      isBusy = false;
    });
  }
}
