// One key for each action: <button data-key="r"> is pressed by r, <input data-key="/"> is focused by /.
// The key is shown on hover; ? lists all keys of the page.

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

const name = (element: HTMLElement) =>
  element.dataset.keyName || element.getAttribute("aria-label") || element.textContent?.trim() || "";

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") return showKeys();
  const bound = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!bound) return;
  event.preventDefault();
  if (typing(bound)) bound.focus();
  else bound.click();
});

addEventListener("pointerover", (event) => {
  const bound = event.target instanceof Element && event.target.closest<HTMLElement>("[data-key]");
  if (bound && !bound.title) bound.title = `${name(bound)} (${bound.dataset.key})`;
});

function showKeys() {
  const sheet = document.querySelector<HTMLDialogElement>("#keys");
  const list = sheet?.querySelector("dl");
  if (!sheet || !list) return;
  list.querySelectorAll("[data-found]").forEach((row) => row.remove());
  for (const bound of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const key = document.createElement("kbd");
    key.textContent = bound.dataset.key ?? "";
    const term = document.createElement("dt");
    term.append(key);
    const meaning = document.createElement("dd");
    meaning.textContent = name(bound);
    term.dataset.found = meaning.dataset.found = "";
    list.append(term, meaning);
  }
  sheet.showModal();
}

// Dialogs that a page carries: <button data-opens="id">, and <button data-closes> inside.
addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest<HTMLElement>("[data-opens], [data-closes]");
  if (!button) return;
  if (button.dataset.opens) document.querySelector<HTMLDialogElement>(`#${CSS.escape(button.dataset.opens)}`)?.showModal();
  else button.closest("dialog")?.close();
});
