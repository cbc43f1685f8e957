// From a low rating to a submission: place and time go along, and what was given. It is written here,
// one question a screen, or on the person's own phone; at every step the phone can take it over. A
// denunciation is never begun here. `stage` is the screen itself (`kiosk-screen.js`).

import { writing } from "./kiosk-board.js";
import { beside, button, buttons, group, kinds, line, make } from "./kiosk-parts.js";

const PATIENCE = 8_000;
const SECONDS = { choose: 40, write: 60, check: 60, scan: 90 };
const FIGURES = ["id_no", "phone"];

const token = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
};

export const submissions = (stage) => {
  const { show, step, head, rest } = stage;
  const words = () => stage.words();
  const data = () => stage.data();
  const ends = (...more) => buttons(...more, button(words().done, rest));
  const asked = (kind) => data().asked[kind].entries;
  const label = (entry) => words()[`ask_${entry.name}`];

  const askKind = () => {
    head(words().watched);
    const one = (kind, act) => [words()[kind], words()[`${kind}_hint`], act];
    const choose = (kind) => () => {
      const person = stage.person();
      person.kind = kind;
      person.given ??= { words: person.comment ?? "", name: "", address: "", id_no: "", phone: "" };
      step(askWhere, SECONDS.choose);
    };
    show(words().further_title, kinds([
      one("reflection", choose("reflection")),
      one("petition", choose("petition")),
      one("complaint", choose("complaint")),
      one("denunciation", () => step(elsewhere, SECONDS.scan)),
    ]), ends());
  };

  const askWhere = () => {
    head(words().watched);
    const { kind } = stage.person();
    show(words().here_title, kinds([
      [words().here, words()[`here_${kind}`], () => entry(0)],
      [words().on_phone, words().on_phone_hint, onPhone],
    ]), ends());
  };

  const entry = (place, back = null, error = "") => step(() => ask(place, back, error), SECONDS.write);

  const ask = (place, back, error) => {
    const person = stage.person();
    const one = asked(person.kind)[place];
    const last = place + 1 === asked(person.kind).length;
    const on = () => (back || last ? step(check, SECONDS.check) : entry(place + 1));
    const enough = () => !one.needed || /[\p{L}\p{N}]/u.test(person.given[one.name])
      || (one.name === "words" && person.reasons.length > 0);
    const go = button("", () => (enough()
      ? on() : entry(place, back, stage.texts().missing[one.name])), "primary");
    const name = () => {
      const empty = !one.needed && !person.given[one.name].trim();
      go.textContent = empty ? words().skip : words().continue;
    };
    name();
    const before = button(words().back, () => {
      if (back) step(check, SECONDS.check);
      else if (place) entry(place - 1);
      else step(askWhere, SECONDS.choose);
    });
    head(button(words().phone_button, onPhone));
    const title = label(one);
    show(one.needed ? title : words().optional.replace("{}", title), ...writing({
      words: words(), name: `entry-${one.name}`, value: person.given[one.name], most: one.most,
      changed: (text) => { person.given[one.name] = text; name(); },
      say: stage.say, telex: stage.lang() === "vi", numbers: FIGURES.includes(one.name),
      oneLine: one.name !== "words", error, act: [go, before],
    }));
  };

  const check = () => {
    const person = stage.person();
    const form = data().asked[person.kind];
    head(button(words().phone_button, onPhone));
    const list = group("check");
    form.entries.forEach((one, place) => {
      const given = person.given[one.name].trim();
      const reasons = stage.texts().reasons.filter(([code]) => person.reasons.includes(code));
      const told = one.name === "words"
        ? [...reasons.map(([, text]) => text), given].filter(Boolean).join(". ") : given;
      list.append(make("button", {
        type: "button", class: `reason check__entry check__entry--${one.name}`,
        "aria-label": `${words().change.replace("{}", label(one))}. ${told || words().not_given}`,
        press: () => entry(place, true),
      }, make("strong", {}, label(one)), make("span", {}, told || words().not_given)));
    });
    const named = person.given.name.trim() || person.given.phone.trim();
    const law = form.signature ? words().signature : words()[named ? "with_name" : "no_name"];
    show(words().check,
      line(words().to.replace("{kind}", words()[person.kind]).replace("{unit}", stage.texts().unit), "check__to"),
      list, make("div", { class: "check__end" }, line(law), buttons(
        button(words().send, send, "primary"), button(words().drop, rest),
      )));
  };

  // What goes to the office: place and time the office knows by itself, the rest as it was given.
  const carry = async (here) => {
    const person = stage.person();
    if (stage.busy() || !person) return null;
    stage.busy(true);
    stage.stay();
    // The same token for the same press again: an answer that was lost on the way makes no second case.
    person.token ??= token();
    let answer = null;
    try {
      const sent = await fetch(`/kiosk/${data().point.code}/onward`, {
        method: "POST",
        cache: "no-store",
        headers: { "Content-Type": "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
        body: JSON.stringify({
          ...person.given, kind: person.kind, here, lang: stage.lang(), token: person.token,
          reasons: person.reasons, comment: person.given.words,
          ago: Math.round(performance.now() - person.at),
        }),
      });
      if (sent.ok || sent.status === 422) answer = await sent.json();
    } catch {
      answer = null;
    }
    stage.busy(false);
    if (stage.person() !== person) return null; // the screen was wiped meanwhile
    if (!answer) step(() => cutOff(here), SECONDS.scan);
    return answer;
  };

  const send = async () => {
    const answer = await carry(true);
    if (!answer) return;
    const person = stage.person();
    if (answer.problems) {
      const [{ entry: name, text }] = answer.problems;
      const place = asked(person.kind).findIndex((one) => one.name === name);
      if (place < 0) step(() => cutOff(true), SECONDS.scan);
      else entry(place, true, text);
      return;
    }
    const { kind } = person;
    stage.forget();
    step(() => sent(kind, answer), SECONDS.scan);
  };

  const onPhone = async () => {
    const answer = await carry(false);
    if (!answer) return;
    stage.forget();
    step(() => scan(answer), SECONDS.scan);
  };

  const code = (answer) => line(answer.code, "code");

  const sent = (kind, answer) => {
    head(words().wiped);
    const sign = data().asked[kind].signature ? [line(words().sent_sign)] : [];
    const where = make("p", { class: "address" }, make("span", {}, `${words().number}: ${answer.number}`),
      " · ", make("span", {}, answer.address));
    show(words()[`sent_${kind}`], beside(answer.qr, words().sent_qr, line(words().sent_keep), code(answer),
      where, ...sign, ends()));
  };

  const scan = (answer) => {
    head(words().wiped);
    show(words().scan, beside(answer.qr, words().scan_qr, line(words().scan_once),
      line(words().scan_type), line(answer.address, "address"), code(answer), ends()));
  };

  const elsewhere = () => {
    head(words().wiped);
    stage.forget();
    show(words().private, beside(data().qr, words().qr, line(words().private_hint),
      line(words().private_type), line(data().address, "address"), ends()));
  };

  // Nothing was sent: what was written stays on the screen until it is tried again or wiped.
  const cutOff = (here) => {
    head(words().watched);
    show(words().no_network, beside(data().qr, words().qr, line(words().no_network_hint),
      line(data().address, "address"), ends(button(words().again, here ? send : onPhone, "primary"))));
  };

  return askKind;
};
