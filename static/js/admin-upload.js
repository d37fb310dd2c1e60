// The library's drop area: several files at once, each sent on its own, each with its own result.

const WORDS = {
  sending: (done, all) => `Đang tải ${done + 1}/${all}…`,
  done: (good, all) => `Xong: nhận ${good}/${all} tệp.`,
  lost: "Mất kết nối, ảnh chưa tải lên. Thử lại ảnh này.",
  large: "Tệp quá lớn. Ảnh tối đa 12 MB.",
  gone: "Phiên làm việc đã hết. Mở lại trang, đăng nhập rồi tải lại.",
};

const form = document.querySelector("[data-drop]");

function send(file, onProgress) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("files", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const refused = (message) => resolve({ name: file.name, state: "refused", message });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("error", () => refused(WORDS.lost));
    request.addEventListener("load", () => {
      if (request.status === 413) return refused(WORDS.large);
      try {
        return resolve(JSON.parse(request.responseText).results[0]);
      } catch {
        return refused(request.status === 200 || request.status === 403 ? WORDS.gone : WORDS.lost);
      }
    });
    request.send(data);
  });
}

function lineFor(file) {
  const line = document.createElement("li");
  line.className = "results__line";
  const words = document.createElement("span");
  const name = document.createElement("b");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  words.append(name, document.createElement("br"), bar);
  line.append(words);
  return { line, words, name, bar };
}

function show({ line, words, name, bar }, result) {
  line.classList.add(`results__line--${result.state}`);
  bar.replaceWith(result.message);
  if (result.url) {
    const link = document.createElement("a");
    link.href = result.url;
    link.textContent = result.name;
    name.replaceWith(link);
  }
  if (!result.small) return;
  const picture = document.createElement("img");
  picture.src = result.small;
  picture.alt = "";
  picture.width = 72;
  picture.height = 48;
  words.before(picture);
}

async function sendAll(files) {
  if (!files.length) return;
  const list = form.querySelector("[data-drop-list]");
  const status = form.querySelector("[data-drop-status]");
  form.querySelector("[data-drop-results]").hidden = false;
  const lines = files.map((file) => {
    const line = lineFor(file);
    list.append(line.line);
    return line;
  });
  let good = 0;
  for (const [index, file] of files.entries()) {
    status.textContent = WORDS.sending(index, files.length);
    const result = await send(file, (part) => {
      lines[index].bar.value = part;
    });
    show(lines[index], result);
    if (result.state !== "refused") good += 1;
    if (result.state === "new") form.querySelector("[data-drop-next]").hidden = false;
  }
  status.textContent = WORDS.done(good, files.length);
}

let queue = Promise.resolve();
function enqueue(files) {
  const chosen = [...files];
  queue = queue.then(() => sendAll(chosen));
}

if (form) {
  const input = form.elements.files;
  delete form.dataset.busy;
  form.querySelector("[data-drop-hint]").hidden = false;
  form.querySelector("[data-drop-send]").hidden = true;
  input.addEventListener("change", () => {
    enqueue(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("drop--over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("drop--over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("drop--over");
    enqueue(event.dataTransfer.files);
  });
}
