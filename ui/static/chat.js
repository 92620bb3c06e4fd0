// What Gradio leaves out for readers of other languages and for screen readers: it announces every draft, names
// messages by their HTML and puts the language of the browser on the page.
const root = document.documentElement;
const chat = document.getElementById("content");
const said = document.getElementById("said");
const { lang, dir } = root;
let working = false;

function set(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function mend() {
  set(root, "lang", lang);
  set(root, "dir", dir);
  const log = chat.querySelector("[role=log]");
  set(log, "aria-label", chat.dataset.log);
  set(log, "aria-live", "off");
  for (const named of chat.querySelectorAll("[data-testid=bot][aria-label], [data-testid=user][aria-label]")) {
    named.removeAttribute("aria-label");
  }
  for (const box of chat.querySelectorAll("textarea, input[type=text]")) set(box, "dir", "auto");
  for (const opener of chat.querySelectorAll("#filters .label-wrap")) {
    const part = opener.nextElementSibling;
    set(opener, "aria-expanded", String(Boolean(part) && part.style.display !== "none"));
  }
}

// The beginning of an answer stays in view, and its end is announced once.
function follow() {
  const now = chat.querySelector(".sanad-working") !== null;
  if (now === working) return;
  working = now;
  const questions = chat.querySelectorAll(".sanad-question");
  if (questions.length) questions[questions.length - 1].scrollIntoView({ block: "start" });
  said.textContent = now ? "" : chat.dataset.ready;
}

async function copy(button) {
  const plain = document.querySelector("#plain textarea");
  if (!plain || !navigator.clipboard) return;
  try {
    await navigator.clipboard.writeText(plain.value);
  } catch {
    return;
  }
  const label = button.textContent;
  button.textContent = said.textContent = chat.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2500);
}

chat.addEventListener("click", (event) => {
  const button = event.target.closest("#copy");
  if (button) copy(button);
});
new MutationObserver(() => { mend(); follow(); }).observe(root, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["lang", "dir", "aria-label", "aria-live", "style"],
});
mend();
