// The keyboard on the screen: ten keys a row, Telex and a row of tone marks. The keys stay where they
// are while their letters change, so that whoever steps through them with a switch keeps their place.

import { erase, press, tone } from "./kiosk-keyboard.js";
import { buttons, line, make } from "./kiosk-parts.js";

const LETTERS = "qwertyuiopasdfghjklzxcvbnm,.";
const NUMBERS = "1234567890-/:()?!%+@_#&'\"=,.";
const ROW_ENDS = [10, 19, 28];
const TONES = [["acute", "á"], ["grave", "à"], ["hook", "ả"], ["tilde", "ã"], ["dot", "ạ"]];
const lastWord = (text) => /\S*\s*$/u.exec(text)[0].trim();

// `text()` is what stands there, `put(text)` changes it; `say(word)` tells a screen reader.
export const keyboard = ({ words, text, put, say, telex, numbers = false }) => {
  let capitals = false;
  let figures = numbers;
  const board = make("div", { class: "keyboard", role: "group", "aria-label": words.keyboard });
  const key = (label, name, act, wide = "") => {
    const one = make("button", { type: "button", class: `key ${wide}`.trim(), "aria-label": name }, label);
    one.addEventListener("pointerdown", (event) => event.preventDefault());
    one.addEventListener("click", act);
    board.append(one);
    return one;
  };
  const type = (changed) => { put(changed); say(lastWord(text())); };
  const sign = (place) => {
    const plain = (figures ? NUMBERS : LETTERS)[place];
    return capitals && !figures ? plain.toUpperCase() : plain;
  };
  const keys = [];
  const letter = (place) => {
    keys[place] = key(sign(place), sign(place), () => {
      type(press(text(), sign(place), telex && !figures));
      if (capitals) { capitals = false; draw(); }
    });
  };
  for (let place = 0; place < ROW_ENDS[0]; place += 1) letter(place);
  for (let place = ROW_ENDS[0]; place < ROW_ENDS[1]; place += 1) letter(place);
  key("⌫", words.erase, () => type(erase(text())), "key--act");
  const shift = key("⇧", words.shift, () => { capitals = !capitals; draw(); }, "key--act");
  for (let place = ROW_ENDS[1]; place < ROW_ENDS[2]; place += 1) letter(place);
  const other = key("", "", () => { figures = !figures; draw(); }, "key--act");
  const marks = TONES.map(([name, shown]) => (
    key(shown, words[name], () => type(tone(text(), name)), "key--tone")));
  const space = key(words.space, words.space, () => type(press(text(), " ", false)), "key--space");
  const draw = () => {
    keys.forEach((one, place) => {
      one.textContent = sign(place);
      one.setAttribute("aria-label", sign(place));
    });
    shift.disabled = figures;
    shift.setAttribute("aria-pressed", String(capitals));
    other.textContent = figures ? "abc" : "123";
    other.setAttribute("aria-label", figures ? words.letters : words.numbers);
    for (const one of marks) one.hidden = figures;
    space.classList.toggle("key--widest", figures);
  };
  draw();
  return board;
};

// A screen to write on: the box, what to do with it, and the keyboard under it.
export const writing = ({ words, name, value, most, changed, say, telex, act, numbers, oneLine, error }) => {
  let text = value;
  const box = make("textarea", {
    class: "comment", rows: oneLine ? "1" : "2", autocomplete: "off", autocorrect: "off",
    autocapitalize: "off", spellcheck: "false", inputmode: "none", "aria-labelledby": "heading",
    maxlength: most, id: name,
  });
  const keep = (now) => { text = now; changed(now); };
  const put = (now) => {
    keep([...now].slice(0, most).join(""));
    box.value = text;
    box.scrollTop = box.scrollHeight;
  };
  box.value = text;
  box.addEventListener("input", () => keep(box.value));
  box.addEventListener("keydown", (event) => {
    if (oneLine && event.key === "Enter") { event.preventDefault(); act[0].click(); }
  });
  const field = make("div", { class: "writing__field" }, box);
  if (error) {
    const told = line(error, "writing__error");
    told.id = `${name}-error`;
    told.setAttribute("role", "alert");
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", told.id);
    field.append(told);
  }
  return [
    make("div", { class: "writing" }, field, buttons(...act)),
    keyboard({ words, text: () => text, put, say, telex, numbers }),
  ];
};

