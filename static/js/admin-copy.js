// Copy what stands in a field, for who does not know the keys; without scripts the field is marked and copied by hand.

for (const button of document.querySelectorAll("[data-copy-from]")) {
  const field = document.getElementById(button.dataset.copyFrom);
  const words = button.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      words.textContent = button.dataset.done;
    } catch {
      words.textContent = button.dataset.failed;
    }
  });
}
