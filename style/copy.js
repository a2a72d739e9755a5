// Copies personal links and prints: the buttons show themselves only where they work.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  const [words] = button.childNodes;
  const before = words.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 3000);
  });
}
for (const field of document.querySelectorAll(".copyable > input")) {
  field.addEventListener("focus", () => field.select());
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
