// <desk-list>: rows are links with data-row; j and k go down and up, o opens, x marks the row's checkbox. What is
// focused stays focused when new rows slide in above it.

class DeskList extends HTMLElement {
  #keys = new AbortController();

  connectedCallback() {
    this.#keys = new AbortController();
    addEventListener("keydown", (event) => this.#press(event), { signal: this.#keys.signal });
  }

  disconnectedCallback() {
    this.#keys.abort();
  }

  get #rows() {
    return [...this.querySelectorAll<HTMLElement>("[data-row]")];
  }

  #press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    if (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select")) return;
    const rows = this.#rows;
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    const at = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
    if (event.key === "j") this.#go(rows[Math.min(at + 1, rows.length - 1)]);
    else if (event.key === "k") this.#go(rows[Math.max(at - 1, 0)]);
    else if (event.key === "o" && at >= 0) rows[at].click();
    else if (event.key === "x" && at >= 0) rows[at].querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    else return;
    event.preventDefault();
  }

  #go(row?: HTMLElement) {
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("desk-list", DeskList);
