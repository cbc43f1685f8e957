// Notices a mistyped code before anything is sent: its two check characters (domain/numbers.py) find
// every wrong character and every swap.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const POWER = [1];
while (POWER.length < 31) {
  const doubled = POWER.at(-1) << 1;
  POWER.push(doubled & 32 ? doubled ^ 0b100101 : doubled);
}
const LOG = Object.fromEntries(POWER.map((value, exponent) => [value, exponent]));

export function isRight(typed) {
  const plain = typed.normalize("NFKC").toUpperCase()
    .replace(/[\s\-\u2010-\u2015\u2212._/]+/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const values = [...plain].map((letter) => ALPHABET.indexOf(letter));
  if (values.length !== 16 || values.includes(-1)) return false;
  let sum = 0;
  let weighted = 0;
  values.forEach((value, place) => {
    sum ^= value;
    if (value) weighted ^= POWER[(LOG[value] + place) % 31];
  });
  return !sum && !weighted;
}

function complain(box, text) {
  const id = `${box.id}-mistyped`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.className = "govuk-error-message";
    line.setAttribute("role", "alert");
    box.before(line);
    box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  line.textContent = text;
  box.classList.add("govuk-input--error");
  box.setAttribute("aria-invalid", "true");
  box.focus();
}

document.querySelectorAll("form[data-mistyped]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const box = form.elements.code ?? form.elements.again_code;
    if (!box.value.trim() || isRight(box.value)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    complain(box, form.dataset.mistyped);
  }, true);
});
