// The kiosk: thanks at once, a screen that goes back to its start, size and contrast without a wait.

const screen = document.querySelector(".screen");

// `data-return` (an address) and `data-seconds` bring an abandoned screen back to the question.
const home = screen?.dataset.return;
if (home) {
  const seconds = Number(screen.dataset.seconds || 20);
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(home), seconds * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, wait);
  wait();
}

// The pressed face shows at once that it was felt; a second tap sends nothing.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.classList.add("is-pressed");
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
}

// Nothing of one person's stays for the next: the page is fetched anew when gone back to.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
addEventListener("contextmenu", (event) => event.preventDefault());

const toggle = document.querySelector("[data-toggle-display]");
toggle?.form?.addEventListener("submit", () => {
  const root = document.documentElement.classList;
  const plain = root.length === 0;
  root.toggle("large", plain);
  root.toggle("contrast", plain);
});
