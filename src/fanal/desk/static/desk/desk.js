// What script adds to the desk: focus on what went wrong, J and K from row to row, a revealed item that veils itself,
// buttons that copy.
// Without it everything works.
"use strict";

document.querySelector("[data-focus]")?.focus();

for (const shown of document.querySelectorAll("[data-until]")) {
  const left = Number(shown.dataset.until) * 1000;
  setTimeout(() => {
    shown.textContent = "••••••••";
    shown.className = "ident veil";
  }, Math.max(0, left));
}

for (const copy of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(copy.dataset.copy);
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select(); // no clipboard without HTTPS: the text is selected, and the keyboard copies it
      document.execCommand("copy");
    }
    copy.parentElement.querySelector("[data-said]").textContent = copy.dataset.copied;
    copy.querySelector("span").textContent = copy.dataset.copied;
  });
}

const bar = document.querySelector("[data-keys]");
if (bar && localStorage.getItem("keys") !== "off") {
  bar.hidden = false;
  const links = [...document.querySelectorAll(".row h3 a")];
  const step = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const by = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!by || !links.length) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))].focus();
  };
  document.addEventListener("keydown", step);
  bar.querySelector("[data-keys-off]").addEventListener("click", () => {
    localStorage.setItem("keys", "off");
    document.removeEventListener("keydown", step);
    bar.hidden = true;
  });
}
