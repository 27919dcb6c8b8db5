// <desk-draft name="ticket-1042">: what is typed into the form inside is kept on this device until the server says that
// it was taken: an htmx request that succeeded, or a page that says so (a toast with data-kind="done"). What the server
// sent with the page (a form shown again with its mistakes) wins over what was kept.

const KEPT_FOR_MS = 30 * 24 * 3600 * 1000;
type Draft = { at: number; sent: boolean; values: Record<string, string> };

class DeskDraft extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    const draft = this.#read();
    if (draft?.sent && document.querySelector('.toast[data-kind="done"]')) this.#drop();
    else if (draft && Date.now() - draft.at < KEPT_FOR_MS) this.#restore(draft);
    this.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#keep(false), 250);
    });
    this.addEventListener("submit", () => {
      clearTimeout(this.#timer);
      this.#keep(true);
    });
    this.addEventListener("htmx:after:request", (event) => {
      const { ctx } = (event as CustomEvent).detail ?? {};
      // A look at the mail takes nothing from it.
      if ((ctx?.sourceElement as Element | undefined)?.matches?.("[data-keeps-draft]")) return;
      if (ctx?.request?.method !== "GET" && ctx?.response?.raw?.ok) this.#drop();
    });
  }

  get #key() {
    return `draft:${this.getAttribute("name")}`;
  }

  get #fields() {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea[name], input[type=text][name]")];
  }

  #read(): Draft | null {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }

  #keep(sent: boolean) {
    const values = Object.fromEntries(this.#fields.map((field) => [field.name, field.value]));
    if (!Object.values(values).some((value) => value.trim())) return this.#drop();
    try {
      localStorage.setItem(this.#key, JSON.stringify({ at: Date.now(), sent, values }));
    } catch {
      return; // A full or forbidden store: the form still works, it only does not remember.
    }
    this.#say(true);
  }

  #restore(draft: Draft) {
    let restored = false;
    for (const field of this.#fields) {
      const value = draft.values[field.name];
      if (value && !field.value) {
        field.value = value;
        restored = true;
      }
    }
    this.#say(restored);
  }

  #drop() {
    clearTimeout(this.#timer);
    localStorage.removeItem(this.#key);
    this.#say(false);
  }

  #say(kept: boolean) {
    const line = this.querySelector<HTMLElement>(".draft-kept");
    if (line) line.hidden = !kept;
  }
}
customElements.define("desk-draft", DeskDraft);
