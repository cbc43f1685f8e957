// The screen of an enrolled device. A tap is on the disk before the thanks; the queue goes to the
// office whenever there is a network. One page, one entry of history, and nothing of a person's
// outlives the reset but what waits for delivery.

import { add, forget, keep, kept, oldest, series } from "./kiosk-queue.js";
import { erase, press, tone } from "./kiosk-keyboard.js";

const root = document.documentElement;
const screen = document.querySelector(".screen");
const version = screen.dataset.version;
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const HEARTBEAT = 30_000;
const RENEW = 600_000;
const RESET = { thanks: 12, offer: 25, full: 15, ask: 40, scan: 90 };
const PATIENCE = 8_000;
const WARN = 15;

let data;
let lang;
let busy = false;
let person = null;
let lastTap = null;
let renewed = -RENEW;
let outdated = false;

const words = () => data.texts[lang].words;
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "press") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};
const button = (text, act, kind = "secondary") => make(
  "button", { type: "button", class: `btn btn--${kind}`, press: act }, text,
);

// --- The clock of the reset: counts down in sight, and every touch or key starts it anew.
let clock;
let left = 0;
const showClock = () => {
  const line = part("clock");
  const near = left > 0 && left <= WARN;
  line.textContent = near ? words().leaving.replace("{}", left) : "";
  const ring = part("ring");
  ring.toggleAttribute("hidden", left <= 0);
  ring.querySelector("text").textContent = left;
  ring.querySelector(".ring__left").style.strokeDashoffset = 100 - (100 * left) / screen.dataset.seconds;
};
const wait = (seconds) => {
  clearInterval(clock);
  left = seconds;
  screen.dataset.seconds = seconds;
  showClock();
  if (!seconds) return;
  clock = setInterval(() => {
    left -= 1;
    showClock();
    if (left <= 0) rest();
  }, 1000);
};
const stay = () => { if (left > 0) wait(Number(screen.dataset.seconds)); };
for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, stay);

const show = (heading, ...content) => {
  part("heading").textContent = heading;
  part("content").replaceChildren(...content);
  part("heading").focus({ preventScroll: true });
};

const portrait = (one) => (one.photo
  ? make("img", { class: "portrait", src: one.photo, alt: "", width: "72", height: "72" })
  : make("span", { class: "portrait", "aria-hidden": "true" }, one.initials));

const who = () => {
  const only = data.staff.length === 1 ? data.staff[0] : null;
  const unit = data.texts[lang].unit;
  const line = make("p");
  line.append(make("strong", {}, only ? only.name : data.point.name),
    only ? `${data.point.name} · ${unit}` : unit);
  const picture = only ? [portrait(only)] : [];
  part("who").replaceChildren(...picture, line);
};

const foot = () => {
  root.lang = lang;
  part("promise").textContent = words().promise;
  part("display").lastChild.textContent = ` ${words().display}`;
  const other = data.languages.find((one) => one !== lang);
  part("language").hidden = !other;
  part("language").textContent = other === "en" ? "English" : "Tiếng Việt";
  part("language").lang = other ?? lang;
};

// --- The steps. `again` draws the present one in another language.
let again = () => {};
const step = (draw, seconds) => {
  again = draw;
  draw();
  wait(seconds);
};

const rest = () => {
  person = null;
  busy = false;
  history.replaceState(null, "", location.pathname);
  if (outdated) { location.reload(); return; }
  lang = data.languages[0];
  root.className = "";
  wait(0);
  again = ask;
  ask();
};

const ask = () => {
  who();
  foot();
  const faces = make("div", { class: "faces", role: "group", "aria-labelledby": "heading" });
  for (const score of [5, 4, 3, 2, 1]) {
    const face = document.getElementById(`face-${score}`).content.cloneNode(true);
    const one = make("button", { type: "button", class: "face-button", "data-score": score },
      face, make("span", {}, data.texts[lang].faces[score]));
    one.addEventListener("click", () => tap(score, one));
    faces.append(one);
  }
  show(words().question, faces);
};

const tap = async (score, pressed) => {
  if (busy) return;
  busy = true;
  pressed.classList.add("is-pressed");
  const moment = performance.now();
  const only = data.staff.length === 1 ? data.staff[0].id : null;
  const entry = {
    kind: "tap", queue: data.queue, at: Date.now(), score, staff: only,
    since: lastTap === null ? null : Math.round(moment - lastTap),
  };
  try {
    person = { of: await add(entry), score, reasons: [], passed: [], staff: only, at: moment };
  } catch {
    busy = false;
    step(() => {
      who(); foot();
      show(words().full, make("div", { class: "buttons", role: "alert" }, button(words().back, rest)));
    }, RESET.full);
    return;
  }
  lastTap = moment;
  busy = false;
  deliver();
  next("staff");
};

const next = (place) => {
  if (place === "staff" && data.staff.length > 1) step(askWho, RESET.ask);
  else if (person.score < data.low && ["staff", "reasons"].includes(place)) step(askReasons, RESET.ask);
  else if (asked().length) step(askItem, RESET.ask);
  else step(thank, person.score < data.low ? RESET.offer : RESET.thanks);
};

// --- The questionnaire of the point: what it asks today and was not answered or skipped yet.
const asked = () => {
  const day = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
  return (data.questions ?? []).filter(({ code, first, last }) => (
    first <= day && (!last || day <= last) && !person.passed.includes(code)));
};
const answers = (scale) => ({
  five: [5, 4, 3, 2, 1].map((score) => [score, data.texts[lang].faces[score]]),
  yes_no: [[1, words().yes], [0, words().no]],
  trips: [1, 2, 3].map((count) => [count, words()[`trips_${count}`]]),
}[scale]);
const askItem = () => {
  who();
  foot();
  const [item] = asked();
  const on = () => { person.passed.push(item.code); next("items"); };
  const list = choices(answers(item.scale), async (value) => {
    if (await more({ answers: { [item.code]: value } })) on();
  });
  list.classList.toggle("answers", item.scale === "five");
  show(data.texts[lang].items[item.code], list, make("div", { class: "buttons" }, button(words().skip, on)));
};

const more = async (fields) => {
  if (busy || !person) return false;
  busy = true;
  try {
    await add({ kind: "detail", queue: data.queue, of: person.of, said: fields });
  } catch {
    part("clock").textContent = words().full;
    return false;
  } finally {
    busy = false;
  }
  deliver();
  return true;
};

const choices = (pairs, act) => {
  const list = make("div", { class: "reasons", role: "group", "aria-labelledby": "heading" });
  for (const [value, text] of pairs) {
    const one = make("button", { type: "button", class: "reason", "aria-pressed": "false" }, text);
    one.addEventListener("click", () => act(value, one));
    list.append(one);
  }
  return list;
};

const askWho = () => {
  foot();
  const list = choices(data.staff.slice(0, 6).map((one) => [one.id, one.name]), async (id) => {
    if (await more({ staff: id })) next("reasons");
  });
  data.staff.slice(0, 6).forEach((one, place) => list.children[place].prepend(portrait(one)));
  show(words().who, list, make("div", { class: "buttons" }, button(words().skip, () => next("reasons"))));
};

const askReasons = () => {
  who();
  foot();
  const list = choices(data.texts[lang].reasons, (code, one) => {
    const on = !person.reasons.includes(code);
    person.reasons = on ? [...person.reasons, code] : person.reasons.filter((other) => other !== code);
    one.setAttribute("aria-pressed", String(on));
  });
  data.texts[lang].reasons.forEach(([code], place) => {
    if (person.reasons.includes(code)) list.children[place].setAttribute("aria-pressed", "true");
  });
  const go = async () => {
    if (!person.reasons.length || await more({ reasons: person.reasons })) step(askComment, RESET.ask);
  };
  show(words().reasons, list, make("div", { class: "buttons" },
    button(words().send, go, "primary"), button(words().skip, () => next("comment"))));
};

const askComment = () => {
  foot();
  person.comment ??= "";
  const box = make("textarea", {
    class: "comment", rows: "2", autocomplete: "off", autocorrect: "off", spellcheck: "false",
    inputmode: "none", "aria-label": words().comment, maxlength: data.longest, id: "comment",
  });
  box.value = person.comment;
  const put = (text) => {
    person.comment = [...text].slice(0, data.longest).join("");
    box.value = person.comment;
    box.scrollTop = box.scrollHeight;
  };
  box.addEventListener("input", () => { person.comment = box.value; });
  const send = async () => {
    const comment = person.comment.trim();
    if (!comment || await more({ comment })) next("comment");
  };
  const line = make("div", { class: "writing" }, box, make("div", { class: "buttons" },
    button(words().send, send, "primary"), button(words().skip, () => next("comment"))));
  show(words().comment, make("p", { class: "writing__hint" }, words().comment_hint), line,
    keyboard(() => person.comment, put));
  part("who").replaceChildren();
};

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm,."];
const NUMBERS = ["1234567890", "-/:()?!%", "+=\"'@;,."];
const TONES = [["acute", "á"], ["grave", "à"], ["hook", "ả"], ["tilde", "ã"], ["dot", "ạ"]];
const keyboard = (text, put) => {
  let capitals = false;
  let numbers = false;
  const board = make("div", { class: "keyboard", role: "group", "aria-label": words().keyboard });
  const key = (label, name, act, wide = "") => {
    const one = make("button", { type: "button", class: `key ${wide}`, "aria-label": name }, label);
    one.addEventListener("pointerdown", (event) => event.preventDefault());
    one.addEventListener("click", act);
    return one;
  };
  const draw = () => {
    const marks = make("div", { class: "keyboard__row" });
    for (const [name, sign] of TONES) {
      marks.append(key(sign, words()[name], () => put(tone(text(), name)), "key--wide"));
    }
    const rows = (numbers ? NUMBERS : ROWS).map((letters) => {
      const row = make("div", { class: "keyboard__row" });
      for (const letter of letters) {
        const shown = capitals ? letter.toUpperCase() : letter;
        row.append(key(shown, shown, () => {
          put(press(text(), shown, lang === "vi" && !numbers));
          if (capitals) { capitals = false; draw(); }
        }));
      }
      return row;
    });
    const last = make("div", { class: "keyboard__row" });
    last.append(
      key("⇧", words().shift, () => { capitals = !capitals; draw(); }, "key--wide"),
      key(numbers ? "abc" : "123", numbers ? words().letters : words().numbers,
        () => { numbers = !numbers; draw(); }, "key--wide"),
      key(words().space, words().space, () => put(press(text(), " ", false)), "key--space"),
      key("⌫", words().erase, () => put(erase(text())), "key--wide"),
    );
    board.replaceChildren(marks, ...rows, last);
  };
  draw();
  return board;
};

const beside = (picture, name, ...text) => {
  const image = make("img", { src: picture, alt: name, width: "320", height: "320" });
  return make("div", { class: "thanks thanks--qr" }, make("div", {}, ...text), image);
};
const line = (text, name = "") => make("p", name ? { class: name } : {}, text);
const ends = (...more) => make("div", { class: "buttons" }, ...more, button(words().done, rest));

const thank = () => {
  who();
  foot();
  const low = person && person.score < data.low;
  if (!low) person = null;
  const kept = make("p", { role: "status" }, words().kept);
  show(words().thanks, low
    ? beside(data.qr, words().qr, kept, line(words().further_hint),
      ends(button(words().further, () => step(askKind, RESET.ask), "primary")))
    : beside(data.qr, words().qr, kept, line(words().phone), ends()));
};

// --- From a low rating to a submission: place and time go along, and what was given.
const cards = (pairs) => {
  const list = make("div", { class: "reasons cards", role: "group", "aria-labelledby": "heading" });
  for (const [name, hint, act] of pairs) {
    list.append(make("button", { type: "button", class: "reason card", press: act },
      make("strong", {}, name), make("span", {}, hint)));
  }
  return list;
};

const askKind = () => {
  who();
  foot();
  const one = (kind, act) => [words()[kind], words()[`${kind}_hint`], act];
  const report = () => (person?.comment || person?.reasons.length
    ? step(askHow, RESET.ask) : further("reflection", false));
  show(words().further_title, cards([
    one("reflection", report),
    one("petition", () => further("petition", false)),
    one("complaint", () => further("complaint", false)),
    one("denunciation", () => step(elsewhere, RESET.scan)),
  ]), ends());
};

const askHow = () => {
  who();
  foot();
  show(words().here_title, cards([
    [words().here, words().here_hint, () => further("reflection", true)],
    [words().on_phone, words().on_phone_hint, () => further("reflection", false)],
  ]), ends());
};

const elsewhere = () => {
  who();
  foot();
  person = null;
  show(words().private, beside(data.qr, words().qr, line(words().private_hint),
    line(words().private_type), line(data.address, "address"), ends()));
};

const token = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
};

const further = async (kind, here) => {
  if (busy || !person) return;
  busy = true;
  stay();
  // The same token for the same press again: an answer that was lost on the way makes no second case.
  person.token ??= token();
  const asking = person;
  let answer;
  try {
    const sent = await fetch(`/kiosk/${data.point.code}/onward`, {
      method: "POST",
      cache: "no-store",
      headers: { "Content-Type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
      body: JSON.stringify({
        kind, here, lang, token: asking.token, reasons: asking.reasons, comment: asking.comment ?? "",
        ago: Math.round(performance.now() - asking.at),
      }),
    });
    if (sent.ok) answer = await sent.json();
  } catch {
    answer = undefined;
  }
  busy = false;
  if (person !== asking) return; // the screen was wiped meanwhile
  if (!answer) { step(cutOff, RESET.scan); return; }
  person = null;
  step(() => handOver(answer), RESET.scan);
};

const handOver = (answer) => {
  who();
  foot();
  const code = make("p", { class: "code" }, answer.code);
  if (answer.number) {
    show(words().sent, beside(answer.qr, words().sent_qr, line(words().sent_keep), code,
      line(`${words().number}: ${answer.number} · ${answer.address}`, "address"), ends()));
  } else {
    show(words().scan, beside(answer.qr, words().scan_qr, line(words().scan_once),
      line(words().scan_type), line(answer.address, "address"), code, ends()));
  }
};

const cutOff = () => {
  who();
  foot();
  show(words().no_network, beside(data.qr, words().qr, line(words().no_network_hint),
    line(data.address, "address"), ends()));
};

// --- Delivery: the oldest first, until the office says that it has them. Also a sign of life.
let delivering = false;
let askedAgain = false;
const deliver = async () => {
  if (delivering) { askedAgain = true; return; }
  delivering = true;
  try {
    if (performance.now() - renewed > RENEW) await renew();
    for (let full = true; full;) {
      const { waiting, queue, entries } = await oldest(data.most);
      const answer = await fetch(`/kiosk/${data.point.code}/deliver`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          queue: queue ?? data.queue, series: await series(), sent: Date.now(), waiting, version,
          entries: entries.map(({ queue: _, ...entry }) => entry),
        }),
      });
      if (answer.status === 401 || answer.status === 404) renewed = -RENEW;
      if (!answer.ok) break;
      const said = await answer.json();
      const over = [...said.stored, ...said.refused];
      if (over.length) await forget(over);
      if (said.version !== version) (await navigator.serviceWorker?.getRegistration())?.update();
      full = over.length > 0 && waiting > over.length;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) console.error(error.name);
  } finally {
    delivering = false;
  }
  if (askedAgain) { askedAgain = false; deliver(); }
};

// What is shown: asked anew now and then; without a network the last answer serves.
const renew = async () => {
  const answer = await fetch("/kiosk/mine/data");
  if (answer.status === 401) { data = undefined; await keep("data", null); unknown(); return; }
  if (!answer.ok) return;
  renewed = performance.now();
  const fresh = await answer.json();
  await keep("data", fresh);
  const first = !data;
  data = fresh;
  if (first || (again === ask && !busy)) rest();
};

const unknown = () => {
  clearInterval(clock);
  const texts = JSON.parse(document.getElementById("unknown").textContent);
  show(texts.vi, make("p", { lang: "en" }, texts.en));
};

part("language").addEventListener("click", () => {
  lang = data.languages.find((one) => one !== lang) ?? lang;
  again();
  showClock();
});
part("display").addEventListener("click", () => {
  const plain = root.classList.length === 0;
  root.classList.toggle("large", plain);
  root.classList.toggle("contrast", plain);
});
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
addEventListener("online", deliver);

const start = async () => {
  navigator.storage?.persist?.();
  if (navigator.serviceWorker) {
    const controlled = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (!controlled) return;
      outdated = true;
      if (again === ask && !busy) rest();
    });
    navigator.serviceWorker.register("/kiosk/worker.js", { scope: "/kiosk" }).catch(() => {});
  }
  data = (await kept("data")) ?? undefined;
  if (data) rest();
  try { await renew(); } catch { if (!data) unknown(); }
  if (data) deliver();
  setInterval(() => (data ? deliver() : renew().catch(() => {})), HEARTBEAT);
};
start();
