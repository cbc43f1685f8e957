// Small helps on top of pages that work without them.

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

each("[data-error-summary]", (summary) => summary.focus());

each("[data-needs-script]", (part) => { part.hidden = false; });

each("textarea[data-count]", (box) => {
  const line = document.getElementById(`${box.id}-count`);
  const limit = Number(box.dataset.count);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const show = () => {
    const left = limit - [...box.value.normalize("NFC")].length;
    const words = left < 0 ? box.dataset.over : box.dataset.left;
    line.textContent = words.replace("{}", numbers.format(Math.abs(left)));
    line.classList.toggle("count--over", left < 0);
  };
  box.addEventListener("input", show);
  show();
});

each("[data-password]", (group) => {
  const box = group.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show-password";
  button.textContent = group.dataset.show;
  button.setAttribute("aria-controls", box.id);
  button.addEventListener("click", () => {
    const hidden = box.type === "password";
    box.type = hidden ? "text" : "password";
    button.textContent = hidden ? group.dataset.hide : group.dataset.show;
  });
  box.form?.addEventListener("submit", () => { box.type = "password"; });
  group.append(button);
});

// A second press while the first is on its way sends nothing.
each("form", (form) => {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.hasAttribute("data-once")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => {
      delete form.dataset.sent;
      button.removeAttribute("aria-disabled");
    }, 5000);
  });
});
addEventListener("pageshow", () => each("form[data-sent]", (form) => { delete form.dataset.sent; }));

each("[data-copy]", (button) => {
  const source = button.closest(".receipt")?.querySelector("[data-copy-source]");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 3000);
  });
});

// A code read with the camera comes behind the hash, which no server ever sees; it goes into the form.
each("form[data-code-behind-hash] [name=code]", (box) => {
  if (location.hash.length < 2) return;
  box.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
});

each("[data-print]", (button) => button.addEventListener("click", () => print()));

// Leave at once and without a way back; three presses of Shift do the same.
const leave = document.querySelector("[data-leave]");
if (leave) {
  const go = (event) => {
    event?.preventDefault();
    document.body.hidden = true;
    if (leave.action) navigator.sendBeacon(leave.action, new FormData(leave));
    location.replace(leave.dataset.leave);
  };
  leave.addEventListener(leave.action ? "submit" : "click", go);
  let presses = 0;
  addEventListener("keyup", (event) => {
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses === 3) go();
  });
}

// Where tabs run out of the window, the one that is open comes into sight.
each(".tabs [aria-current]", (tab) => {
  const bar = tab.closest(".tabs");
  const wanted = tab.offsetLeft + tab.offsetWidth + 24;
  if (wanted > bar.clientWidth) bar.scrollLeft = wanted - bar.clientWidth;
});

// The filter starts folded where there is little room, and one open menu closes another.
if (matchMedia("(max-width: 899px)").matches) each("[data-filter]", (part) => { part.open = false; });
each("details.menu", (menu) => {
  menu.addEventListener("toggle", () => {
    if (menu.open) each("details.menu[open]", (other) => { if (other !== menu) other.open = false; });
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
  });
});
document.addEventListener("click", (event) => {
  each("details.menu[open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const box = document.querySelector("[data-shortcut='/']");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});
