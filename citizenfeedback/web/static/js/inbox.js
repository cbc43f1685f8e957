// The list by keyboard: j and k move, o opens, x chooses; a click on a row shows the case beside it.

const rows = [...document.querySelectorAll("[data-row]")];
const wide = matchMedia("(min-width: 900px)");
let at = rows.findIndex((row) => row.classList.contains("is-open"));

const mark = (next) => {
  if (!rows.length) return;
  rows[at]?.removeAttribute("data-marked");
  at = Math.max(0, Math.min(rows.length - 1, next));
  rows[at].setAttribute("data-marked", "");
  rows[at].querySelector("a").focus();
  rows[at].scrollIntoView({ block: "nearest" });
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  const box = rows[at]?.querySelector("input[type=checkbox]");
  if (event.key === "j") mark(at + 1);
  else if (event.key === "k") mark(at - 1);
  else if (event.key === "o" && rows[at]) location.href = rows[at].dataset.page;
  else if (event.key === "x" && box) box.click();
});

for (const row of rows) {
  row.addEventListener("click", (event) => {
    if (!wide.matches || event.target.closest("a, input, label") || getSelection().toString()) return;
    location.href = row.dataset.panel;
  });
}

// What can be done with a selection shows once there is one.
const form = document.querySelector("[data-selection]");
const bar = form?.querySelector(".selection");
const show = () => {
  const chosen = form.querySelectorAll("input[name=pick]:checked").length;
  const line = bar.querySelector("[data-chosen]");
  bar.hidden = chosen === 0;
  line.textContent = line.dataset.words.replace("{}", chosen);
};
if (bar) {
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
}
