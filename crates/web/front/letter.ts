// <desk-letter><iframe></iframe></desk-letter>: a frame as tall as what is in it. What is wider than the frame (a layout of
// fixed width, on a phone) is made smaller until it fits, but never so small that it cannot be read; then it scrolls.
// Nothing in the frame runs a script: this page measures it from outside.

const SMALLEST = 0.5;
const TALLEST = 6000;

class DeskLetter extends HTMLElement {
  // In a style of its own, because the page around may be renewed, and attributes with it.
  #style = new CSSStyleSheet();
  #watch = new ResizeObserver(() => this.#fit());
  #width = 0;

  connectedCallback() {
    const frame = this.querySelector("iframe");
    if (!frame) return;
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.append(document.createElement("slot"));
      root.adoptedStyleSheets = [this.#style];
    }
    frame.addEventListener("load", () => this.#meet());
    this.#meet();
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#watch.disconnect();
  }

  get #mail() {
    return this.querySelector("iframe")?.contentDocument?.querySelector<HTMLElement>(".desk-mail") ?? null;
  }

  #meet() {
    const mail = this.#mail;
    if (!mail) return;
    this.#width = 0;
    this.#watch.observe(mail);
    this.#fit();
  }

  #fit() {
    const mail = this.#mail;
    const body = mail?.ownerDocument.body;
    if (!mail || !body || !this.clientWidth) return;
    if (this.#width !== this.clientWidth) {
      this.#width = this.clientWidth;
      mail.style.zoom = "";
      const share = mail.clientWidth / mail.scrollWidth;
      if (share < 1) mail.style.zoom = String(Math.max(share, SMALLEST));
    }
    const root = mail.ownerDocument.documentElement;
    const scrolls = root.scrollWidth > root.clientWidth ? 18 : 0;
    const tall = Math.min(Math.ceil(body.getBoundingClientRect().height) + scrolls, TALLEST);
    this.#style.replaceSync(`:host { --letter-block: ${tall}px }`);
  }
}
customElements.define("desk-letter", DeskLetter);
