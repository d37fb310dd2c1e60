// Print, copy the address, and the device's own sharing sheet where there is one.

/** Copy the canonical address, so that copies from a search or a share carry no tracking parts. */
function address() {
  const canonical = document.querySelector('link[rel="canonical"]');
  return canonical ? canonical.href : location.href.split("#")[0];
}

async function copy(button) {
  const label = button.querySelector("[data-copy-label]");
  try {
    await navigator.clipboard.writeText(address());
    label.textContent = button.dataset.done;
  } catch {
    label.textContent = button.dataset.failed;
  }
}

async function share() {
  try {
    await navigator.share({ title: document.title, url: address() });
  } catch {
    // The reader closed the sheet: nothing to say.
  }
}

if (navigator.share) {
  for (const item of document.querySelectorAll("[data-share-native]")) item.hidden = false;
}

document.addEventListener("click", (event) => {
  const copyButton = event.target.closest("[data-copy]");
  if (copyButton) copy(copyButton);
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-share]")) share();
});
