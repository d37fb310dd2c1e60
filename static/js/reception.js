// Finding one's registration: the QR code of the slip carries the code behind "#", which no server and no log ever sees.

const field = document.querySelector("#id_code");
const code = decodeURIComponent(location.hash.slice(1));
if (field && !field.value && /^[A-Z0-9-]{7,9}$/.test(code)) {
  field.value = code;
  document.querySelector("#id_phone")?.focus();
  history.replaceState(null, "", location.pathname);
}
