// <desk-toasts>: a word after an action. Each leaves after a while, but not while someone reads it (pointer or focus)
// and never when it holds something to press. The server adds one with the header HX-Trigger: {"toast": "Saved"}.

const STAYS_MS = 6000;

class DeskToasts extends HTMLElement {
  connectedCallback() {
    this.querySelectorAll<HTMLElement>(".toast").forEach(leaveLater);
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node instanceof HTMLElement) leaveLater(node);
    }).observe(this, { childList: true });
  }

  say(text: string) {
    const toast = document.createElement("p");
    toast.className = "toast";
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    this.append(toast);
  }
}

function leaveLater(toast: HTMLElement) {
  if (toast.querySelector("a, button")) return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, STAYS_MS) : toast.remove());
  setTimeout(leave, STAYS_MS);
}

customElements.define("desk-toasts", DeskToasts);

addEventListener("toast", (event) => {
  const { detail } = event as CustomEvent<string | { value?: string }>;
  const text = typeof detail === "string" ? detail : detail?.value;
  if (text) document.querySelector<DeskToasts>("desk-toasts")?.say(text);
});
