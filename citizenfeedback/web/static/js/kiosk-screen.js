// The screen of an enrolled device. A tap is on the disk before the thanks; the queue goes to the
// office whenever there is a network. One page, one entry of history, and nothing of a person's
// outlives the reset but what waits for delivery.

import { writing } from "./kiosk-board.js";
import { submissions } from "./kiosk-further.js";
import { beside, button, buttons, choices, line, make, portrait } from "./kiosk-parts.js";
import { add, forget, keep, kept, oldest, series } from "./kiosk-queue.js";

const root = document.documentElement;
const screen = document.querySelector(".screen");
const version = screen.dataset.version;
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const HEARTBEAT = 30_000;
const RENEW = 600_000;
const RESET = { thanks: 12, offer: 25, full: 15, ask: 40 };
const WARN = 15;
const A_PAGE = 6;

let data;
let lang;
let busy = false;
let person = null;
let lastTap = null;
let renewed = -RENEW;
let outdated = false;

const texts = () => data.texts[lang];
const words = () => texts().words;
const say = (text) => { part("live").textContent = text; };

// --- The clock of the reset: counts down in sight, and every touch or key starts it anew.
let clock;
let left = 0;
const showClock = () => {
  const warn = Math.min(WARN, Math.floor(Number(screen.dataset.seconds) / 2));
  const near = left > 0 && left <= warn;
  const told = near ? words().leaving.replace("{}", left) : "";
  part("clock").hidden = !near;
  part("clock").textContent = told;
  if (left === warn && near) say(told);
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

const who = () => {
  const only = data.staff.length === 1 ? data.staff[0] : null;
  const name = make("p");
  name.append(make("strong", {}, only ? only.name : data.point.name),
    only ? `${data.point.name} · ${texts().unit}` : texts().unit);
  part("who").replaceChildren(...(only ? [portrait(only)] : []), name);
};

const foot = (...instead) => {
  root.lang = lang;
  part("promise").replaceChildren(...(instead.length ? instead : [words().promise]));
  part("display").lastChild.textContent = ` ${words().display}`;
  const other = data.languages.find((one) => one !== lang);
  part("language").hidden = !other;
  part("language").textContent = other === "en" ? "English" : "Tiếng Việt";
  part("language").lang = other ?? lang;
};
const head = (...instead) => { who(); foot(...instead); };

// The clock of the office as far as the screen knows it, in the time of the province.
const there = () => {
  const [day, time] = new Date(Date.now() + (data.ahead ?? 0))
    .toLocaleString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).split(" ");
  return { day, minute: 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5)) };
};
const closed = () => {
  if (!data.hours) return false;
  const { day, minute } = there();
  return minute < data.hours.from || minute > data.hours.to || data.hours.off.includes(day);
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
  say("");
  history.replaceState(null, "", location.pathname);
  if (outdated) { location.reload(); return; }
  lang = data.languages[0];
  root.className = "";
  wait(0);
  again = ask;
  ask();
};

const ask = () => {
  head(...(closed() ? [texts().closed] : []));
  const faces = make("div", { class: "faces", role: "group", "aria-labelledby": "heading" });
  for (const score of [5, 4, 3, 2, 1]) {
    const face = document.getElementById(`face-${score}`).content.cloneNode(true);
    const one = make("button", { type: "button", class: "face-button", "data-score": score },
      face, make("span", {}, texts().faces[score]));
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
      head();
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
  if (place === "staff" && data.staff.length > 1) step(() => askWho(0), RESET.ask);
  else if (person.score < data.low && ["staff", "reasons"].includes(place)) step(askReasons, RESET.ask);
  else if (asked().length) step(askItem, RESET.ask);
  else step(thank, person.score < data.low ? RESET.offer : RESET.thanks);
};

// --- The questionnaire of the point: what it asks today and was not answered or skipped yet.
const asked = () => {
  const { day } = there();
  return (data.questions ?? []).filter(({ code, first, last }) => (
    first <= day && (!last || day <= last) && !person.passed.includes(code)));
};
const answers = (scale) => ({
  five: [5, 4, 3, 2, 1].map((score) => [score, texts().faces[score]]),
  yes_no: [[1, words().yes], [0, words().no]],
  trips: [1, 2, 3].map((count) => [count, words()[`trips_${count}`]]),
}[scale]);
const askItem = () => {
  head();
  const [item] = asked();
  const on = () => { person.passed.push(item.code); next("items"); };
  const list = choices(answers(item.scale), async (value) => {
    if (await more({ answers: { [item.code]: value } })) on();
  });
  list.classList.toggle("answers", item.scale === "five");
  show(texts().items[item.code], list, buttons(button(words().skip, on)));
};

const more = async (fields) => {
  if (busy || !person) return false;
  busy = true;
  try {
    await add({ kind: "detail", queue: data.queue, of: person.of, said: fields });
  } catch {
    part("promise").replaceChildren(words().full);
    say(words().full);
    return false;
  } finally {
    busy = false;
  }
  deliver();
  return true;
};

// Who serves here, by face, name and number; more than fit on a screen come page by page.
const askWho = (page) => {
  head();
  const pages = Math.ceil(data.staff.length / A_PAGE);
  const shown = data.staff.slice(page * A_PAGE, (page + 1) * A_PAGE);
  const list = choices(shown.map((one) => [one.id, ""]), async (id) => {
    if (await more({ staff: id })) next("reasons");
  });
  list.classList.add("staff");
  shown.forEach((one, place) => list.children[place].append(portrait(one), make("span", {},
    make("strong", {}, one.name), make("span", {}, words().staff_number.replace("{}", one.number)))));
  const others = () => step(() => askWho((page + 1) % pages), RESET.ask);
  show(words().who, list, buttons(
    ...(pages > 1 ? [button(`${words().others} (${page + 1}/${pages})`, others)] : []),
    button(words().skip, () => next("reasons")),
  ));
};

const askReasons = () => {
  head();
  const list = choices(texts().reasons, (code, one) => {
    const on = !person.reasons.includes(code);
    person.reasons = on ? [...person.reasons, code] : person.reasons.filter((other) => other !== code);
    one.setAttribute("aria-pressed", String(on));
  });
  texts().reasons.forEach(([code], place) => {
    list.children[place].setAttribute("aria-pressed", String(person.reasons.includes(code)));
  });
  const go = async () => {
    if (!person.reasons.length || await more({ reasons: person.reasons })) step(askComment, RESET.ask);
  };
  show(words().reasons, list, buttons(
    button(words().send, go, "primary"), button(words().skip, () => next("comment")),
  ));
};

const askComment = () => {
  head(words().comment_hint);
  person.comment ??= "";
  const send = async () => {
    const comment = person.comment.trim();
    if (!comment || await more({ comment })) next("comment");
  };
  show(words().comment, ...writing({
    words: words(), name: "comment", value: person.comment, most: data.longest,
    changed: (text) => { person.comment = text; }, say, telex: lang === "vi",
    act: [button(words().send, send, "primary"), button(words().skip, () => next("comment"))],
  }));
};

const thank = () => {
  head();
  const low = person && person.score < data.low;
  if (!low) person = null;
  const kept = make("p", { role: "status" }, words().kept);
  const done = button(words().done, rest);
  show(words().thanks, low
    ? beside(data.qr, words().qr, kept, line(words().further_hint), buttons(
      button(words().further, () => step(further, RESET.ask), "primary"), done,
    ))
    : beside(data.qr, words().qr, kept, line(words().phone), buttons(done)));
};

const further = submissions({
  show, step, head, rest, say, stay, words, texts,
  data: () => data,
  lang: () => lang,
  person: () => person,
  forget: () => { person = null; },
  busy: (now) => { busy = now ?? busy; return busy; },
});

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
  fresh.ahead = fresh.now - Date.now();
  await keep("data", fresh);
  const first = !data;
  data = fresh;
  if (first || (again === ask && !busy)) rest();
};

const unknown = () => {
  clearInterval(clock);
  const texts = JSON.parse(document.getElementById("unknown").textContent);
  part("who").replaceChildren();
  part("promise").replaceChildren();
  show(texts.vi, make("div", { class: "thanks" }, make("p", { lang: "en" }, texts.en)));
};

part("language").addEventListener("click", () => {
  if (!data) return;
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
// Keys of the browser (back, print, find, save, reload) lead nowhere on a screen.
addEventListener("keydown", (event) => {
  const letter = event.getModifierState("AltGraph");
  const ofBrowser = event.ctrlKey || event.metaKey || event.altKey || /^(F\d+|Browser\w+)$/.test(event.key);
  if (ofBrowser && !letter) event.preventDefault();
});
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
