// Vietnamese typing on a screen without a keyboard: Telex, and a row of tone marks. Pure functions:
// text in, text out. Tones stand where schoolbooks put them (hòa, khỏe, thủy; hoàn, thuở, quả).

const MARKS = { acute: "\u0301", grave: "\u0300", hook: "\u0309", tilde: "\u0303", dot: "\u0323" };
const TELEX = { s: "acute", f: "grave", r: "hook", x: "tilde", j: "dot" };
const ALL_MARKS = /[\u0301\u0300\u0309\u0303\u0323]/gu;
const VOWEL = /[aeiouyăâêôơư]/iu;
const SHAPED = /[ăâêôơư]/iu;
const DOUBLED = { a: "â", e: "ê", o: "ô", d: "đ" };
const HORNED = { a: "ă", o: "ơ", u: "ư" };
const PLAIN = { â: "a", ê: "e", ô: "o", đ: "d", ă: "a", ơ: "o", ư: "u" };

const like = (model, letter) => (model === model.toUpperCase() && model !== model.toLowerCase()
  ? letter.toUpperCase() : letter);
const split = (text) => {
  const word = /[\p{L}\p{M}]*$/u.exec(text)[0];
  return [text.slice(0, text.length - word.length), word];
};
const bare = (word) => word.normalize("NFD").replace(ALL_MARKS, "").normalize("NFC");
const markOf = (word) => word.normalize("NFD").match(ALL_MARKS)?.[0] ?? "";

// Which letter of a word without a tone carries it; -1 when there is no vowel.
export const carrier = (word) => {
  const letters = [...word.toLowerCase()];
  let first = letters.findIndex((letter) => VOWEL.test(letter));
  if (first < 0) return -1;
  const next = letters[first + 1] ?? "";
  const glides = (letters[first] === "u" && letters[first - 1] === "q")
    || (letters[first] === "i" && letters[first - 1] === "g");
  if (glides && VOWEL.test(next)) first += 1;
  let last = first;
  while (last + 1 < letters.length && VOWEL.test(letters[last + 1])) last += 1;
  for (let place = last; place >= first; place -= 1) if (SHAPED.test(letters[place])) return place;
  const closed = last + 1 < letters.length;
  const count = last - first + 1;
  if (count === 1) return first;
  if (count === 2) return closed ? last : first;
  return first + 1;
};

const withMark = (word, mark) => {
  const plain = bare(word);
  const place = carrier(plain);
  if (!mark || place < 0) return plain;
  const letters = [...plain];
  letters[place] = (letters[place] + mark).normalize("NFC");
  return letters.join("");
};

// The last word with this tone; the same tone again takes it off.
export const tone = (text, name) => {
  const [before, word] = split(text.normalize("NFC"));
  const mark = MARKS[name];
  return before + withMark(word, markOf(word) === mark ? "" : mark);
};

const shape = (plain, key) => {
  const letters = [...plain];
  if (key === "w") {
    const pair = /(?<!q)[uư][oơ](?=[^uoươ]*$)/iu.exec(plain);
    if (pair && pair[0].toLowerCase() !== "ươ") {
      // Alone at the end only the second is changed (thuở); a letter after it changes the first too.
      const open = pair[0].toLowerCase() === "uo" && pair.index + 2 === letters.length;
      if (!open) letters[pair.index] = like(letters[pair.index], "ư");
      letters[pair.index + 1] = like(letters[pair.index + 1], "ơ");
      return letters.join("");
    }
    if (/[ăơư]/iu.test(plain)) return null;
  }
  const table = key === "w" ? HORNED : { [key]: DOUBLED[key] };
  for (let place = letters.length - 1; place >= 0; place -= 1) {
    const small = letters[place].toLowerCase();
    if (table[small] && (key !== "w" || small !== "u" || letters[place - 1]?.toLowerCase() !== "q")) {
      letters[place] = like(letters[place], table[small]);
      return letters.join("");
    }
  }
  return null;
};

const unshape = (plain, key) => {
  const letters = [...plain];
  const made = key === "w" ? Object.values(HORNED) : [DOUBLED[key]];
  let changed = false;
  for (let place = 0; place < letters.length; place += 1) {
    const small = letters[place].toLowerCase();
    if (made.includes(small)) { letters[place] = like(letters[place], PLAIN[small]); changed = true; }
  }
  return changed ? letters.join("") : null;
};

// The text after a key was pressed at its end; `telex` off leaves letters as they are.
export const press = (text, key, telex = true) => {
  const whole = text.normalize("NFC");
  const [before, word] = split(whole);
  const small = key.toLowerCase();
  if (!telex || !word || small.length !== 1) return (whole + key).normalize("NFC");
  const plain = bare(word);
  const mark = markOf(word);
  if (TELEX[small] && carrier(plain) >= 0) {
    const wanted = MARKS[TELEX[small]];
    return mark === wanted ? before + plain + key : before + withMark(plain, wanted);
  }
  if (small === "z" && mark) return before + plain;
  if (small === "w" || DOUBLED[small]) {
    const shaped = shape(plain, small);
    if (shaped !== null) return before + withMark(shaped, mark);
    const back = unshape(plain, small);
    if (back !== null) return before + withMark(back, mark) + key;
  }
  const grown = (plain + key).replace(/(?<!q)(u)(?=ơ\p{L}$)/iu, (letter) => like(letter, "ư"));
  return before + withMark(grown, mark);
};

export const erase = (text) => [...text.normalize("NFC")].slice(0, -1).join("");
