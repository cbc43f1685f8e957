// The parts a screen is built of: plain elements, with their words given to them.

export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "press") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

export const button = (text, act, kind = "secondary") => make(
  "button", { type: "button", class: `btn btn--${kind}`, press: act }, text,
);

export const buttons = (...all) => make("div", { class: "buttons" }, ...all);

export const line = (text, name = "") => make("p", name ? { class: name } : {}, text);

export const group = (name) => make("div", { class: name, role: "group", "aria-labelledby": "heading" });

// Large words to choose from.
export const choices = (pairs, act) => {
  const list = group("reasons");
  for (const [value, text] of pairs) {
    const one = make("button", { type: "button", class: "reason" }, text);
    one.addEventListener("click", () => act(value, one));
    list.append(one);
  }
  return list;
};

// Large words, each with its explanation.
export const kinds = (pairs) => {
  const list = group("reasons kinds");
  for (const [name, hint, act] of pairs) {
    list.append(make("button", { type: "button", class: "reason kind", press: act },
      make("strong", {}, name), make("span", {}, hint)));
  }
  return list;
};

// Words with a QR code beside them.
export const beside = (picture, name, ...text) => {
  const image = make("img", { src: picture, alt: name, width: "320", height: "320" });
  return make("div", { class: "thanks thanks--qr" }, make("div", {}, ...text), image);
};

export const portrait = (one) => (one.photo
  ? make("img", { class: "portrait", src: one.photo, alt: "", width: "72", height: "72" })
  : make("span", { class: "portrait", "aria-hidden": "true" }, one.initials));
