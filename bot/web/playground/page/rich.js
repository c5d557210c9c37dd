// Text with entities into elements. Telegram counts UTF-16 code units, and so does JavaScript.

import { el } from "./dom.js";

const SAFE = /^(https?:|mailto:|tel:)/i;

function link(href, children) {
  return SAFE.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : el("span", {}, ...children);
}

const WRAP = {
  bold: (_, inner) => el("b", {}, ...inner),
  italic: (_, inner) => el("i", {}, ...inner),
  underline: (_, inner) => el("u", {}, ...inner),
  strikethrough: (_, inner) => el("s", {}, ...inner),
  code: (_, inner) => el("code", {}, ...inner),
  pre: (_, inner) => el("pre", {}, ...inner),
  blockquote: (_, inner) => el("blockquote", {}, ...inner),
  expandable_blockquote: (_, inner) => el("blockquote", {}, ...inner),
  text_link: (entity, inner) => link(entity.url, inner),
  url: (_, inner, text) => link(text, inner),
  email: (_, inner, text) => link(`mailto:${text}`, inner),
  phone_number: (_, inner, text) => link(`tel:${text.replace(/[^+\d]/g, "")}`, inner),
  mention: (_, inner) => el("span.mention", {}, ...inner),
  hashtag: (_, inner) => el("span.mention", {}, ...inner),
  date_time: (entity, inner) => el("time.moment", { datetime: new Date(entity.unix_time * 1000).toISOString() }, ...inner),
  bot_command: (_, inner, text, act) => el("button.command", { type: "button", onclick: () => act.command(text) }, ...inner),
  spoiler: (_, inner) => {
    const cover = el("button.spoiler", { type: "button", onclick: () => cover.classList.add("seen") }, ...inner);
    return cover;
  },
};

function build(text, begin, end, entities, act) {
  const nodes = [];
  let at = begin;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inside = rest.filter((other) => other.offset < stop);
    const inner = build(text, entity.offset, stop, inside, act);
    const wrap = WRAP[entity.type];
    nodes.push(...(wrap ? [wrap(entity, inner, text.slice(entity.offset, stop), act)] : inner));
    at = stop;
    entities = rest.filter((other) => other.offset >= stop);
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

export function rich(text, entities, act) {
  return el("div.rich", { dir: "auto" }, ...build(text, 0, text.length, entities, act));
}
