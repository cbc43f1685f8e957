// Announces the end of what is open before it comes, and puts it off without leaving the page.

const notice = document.querySelector("[data-stay]");
const words = notice.dataset;
const [panel, line] = [notice.firstElementChild, notice.querySelector("[data-stay-line]")];
const form = notice.querySelector("form");
const channel = new BroadcastChannel(words.stay);
let until = { ends: Date.now() + Number(words.left) * 1000, time: words.time };
let before = null;
let quiet = 0;

const say = (text) => {
  const worded = text.replace("{time}", until.time);
  if (line.textContent !== worded) line.textContent = worded;
  panel.hidden = false;
};
const look = () => {
  const left = until.ends - Date.now();
  const over = left <= 0;
  if (form) form.hidden = over || left > Number(words.warning) * 1000;
  if (over) {
    notice.querySelector("[data-stay-last]").hidden = true;
    notice.setAttribute("role", "alert");
    say(words.ended);
  } else if (left <= Number(words.warning) * 1000) {
    say(words.soon);
  } else if (Date.now() > quiet) {
    panel.hidden = true;
  }
};

// Another page of the same browser may have been opened, or put the end off, since.
channel.addEventListener("message", ({ data }) => {
  if (data.ends > until.ends) { until = data; look(); }
});
channel.postMessage(until);

// Whoever was typing goes on where they were.
notice.addEventListener("focusin", ({ relatedTarget }) => {
  if (!notice.contains(relatedTarget)) before = relatedTarget;
});
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
    });
    if (response.redirected) { until.ends = 0; look(); return; }
    if (!response.ok) { say(words.failed); return; }
    const { left, time, extendable } = await response.json();
    if (!extendable) {
      form.remove();
      notice.querySelector("[data-stay-last]").hidden = false;
    }
    until = { ends: Date.now() + left * 1000, time };
    channel.postMessage(until);
    quiet = Date.now() + 10000;
    say(words.kept);
    (before ?? document.getElementById("main")).focus({ preventScroll: true });
    look();
  } catch {
    say(words.failed);
  }
});

look();
setInterval(look, 5000);
document.addEventListener("visibilitychange", look);
