// <desk-files>: names the chosen files with their sizes beneath a file input, and says before sending when one is
// larger than the desk takes (max, in bytes; the sentence for that in data-too-large).

class DeskFiles extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    const list = this.querySelector("ul");
    if (!input || !list) return;
    const largest = Number(this.getAttribute("max") ?? Infinity);
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      list.replaceChildren(...files.map((file) => {
        const row = document.createElement("li");
        row.textContent = `${file.name} · ${size(file.size)}`;
        return row;
      }));
      input.setCustomValidity(files.some((file) => file.size > largest) ? (this.dataset.tooLarge ?? "") : "");
      input.reportValidity();
    });
  }
}

function size(bytes: number) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const value = bytes / (bytes < 1e6 ? 1e3 : 1e6);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
customElements.define("desk-files", DeskFiles);
