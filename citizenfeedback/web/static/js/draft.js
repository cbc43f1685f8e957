// Keeps what is being typed, so that a lost connection or a press on "back" costs nothing.

const form = document.querySelector("form[data-draft]");
const line = document.querySelector("[data-saved]");

if (form) {
  let dirty = false;
  let timer = 0;
  let sending = null;
  const keep = async () => {
    if (!dirty) return;
    dirty = false;
    const answers = new FormData(form);
    answers.set("go", "keep");
    sending = new AbortController();
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(answers),
        headers: { Accept: "application/json" },
        keepalive: true,
        signal: sending.signal,
      });
      if (!response.ok || response.redirected) { dirty = true; return; }
      const { saved } = await response.json();
      line.textContent = line.dataset.words.replace("{time}", saved);
    } catch {
      dirty = true;
    }
  };
  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  // What is sent by the button is newer: an older copy must not arrive after it.
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    sending?.abort();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", keep);
}
