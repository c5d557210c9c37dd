// One message, or one album, as a bubble with its quotation, media, marks, reactions and buttons.

import { el, icon, iconButton, popover } from "./dom.js";
import { rich } from "./rich.js";
import { clockIn, t } from "./texts.js";

const FEELINGS = ["👍", "❤", "🔥", "🙏", "👀", "😢", "🤔"];
const PHOTO_LIKE = new Set(["photo", "video", "animation"]);
// The bars of a voice message: a picture of sound, always the same.
const WAVE = [5, 9, 14, 8, 17, 11, 20, 13, 7, 16, 19, 9, 12, 21, 15, 8, 11, 18, 10, 6, 13, 9, 16, 7, 4];

const fileUrl = (file) => `/play/file/${encodeURIComponent(file.id)}`;
const isImage = (file) => /^image\/(png|jpeg|gif|webp)$/.test(file.mime);

// Telegram names the heart without the sign that gives it colour.
const shown = (emoji) => (emoji === "❤" ? "❤️" : emoji);

export function lineOf(message) {
  return message.line || t(`kind_${message.kind}`);
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function seconds(total) {
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}

function picture(message) {
  if (message.file && isImage(message.file)) {
    return el("a.picture", { href: fileUrl(message.file), target: "_blank", rel: "noopener" }, el("img", { src: fileUrl(message.file), alt: lineOf(message), loading: "lazy" }));
  }
  return el("div.picture.blank", {}, icon(message.kind === "photo" ? "photo" : "play"), el("span", {}, t(`kind_${message.kind}`)));
}

const MEDIA = {
  photo: picture,
  video: picture,
  animation: picture,
  video_note: () => el("div.note-circle", {}, icon("play")),
  document: ({ file }) => el("a.file", { href: fileUrl(file), download: file.name }, el("span.file-icon", {}, icon("file")), el("span.file-words", {}, el("b", {}, file.name), el("small", {}, sizeOf(file.size)))),
  audio: ({ file }) => el("a.file", { href: fileUrl(file), download: file.name }, el("span.file-icon", {}, icon("play")), el("span.file-words", {}, el("b", {}, file.name), el("small", {}, seconds(file.duration)))),
  voice: ({ file }) => el("div.voice", { role: "img", "aria-label": t("kind_voice") }, el("span.file-icon", {}, icon("play")), el("span.wave", {}, ...WAVE.map((height) => bar(height))), el("small", {}, seconds(file.duration))),
  sticker: ({ file }) => el("div.sticker", { role: "img", "aria-label": t("kind_sticker") }, file.emoji),
  dice: ({ details }) => el("div.sticker", {}, details.emoji),
  location: ({ details }) => el("div.map", {}, icon("place"), el("small", {}, `${details.latitude.toFixed(4)}, ${details.longitude.toFixed(4)}`)),
  contact: ({ details }) => el("div.file", {}, el("span.file-icon", {}, icon("person")), el("span.file-words", {}, el("b", {}, `${details.first_name} ${details.last_name ?? ""}`), el("small", {}, details.phone_number))),
  poll: ({ details }) => el("div.poll", {}, el("b", {}, details.question), el("ul", {}, ...details.options.map((option) => el("li", {}, option.text)))),
};

function bar(height) {
  const node = el("i");
  node.style.height = `${height}px`;
  return node;
}

function quotation(reply, context) {
  const label = `${t("jump")}: ${lineOf(reply)}`;
  return el("button.quotation", { type: "button", "aria-label": label, onclick: () => context.jump(reply.id) }, el("b", {}, reply.mine ? context.name : context.bot), el("span", {}, lineOf(reply)));
}

function marks(last, context) {
  const at = clockIn(context.zone, { hour: "2-digit", minute: "2-digit" })(last.at);
  const sound = last.mine ? null
    : last.rings ? el("span.sound.rings", { title: t("rings") }, icon("bell"), t("rings"))
      : el("span.sound", { title: t("silent") }, icon("mute"), el("span.hidden", {}, t("silent")));
  return el("div.marks", {}, sound, last.edited && el("span", {}, t("edited")), el("time", {}, at));
}

function reactions(message, context) {
  return message.reactions.length > 0 && el("div.reactions", {}, ...message.reactions.map(({ emoji, mine }) =>
    el(mine ? "button.reaction.mine" : "button.reaction", { type: "button", "aria-label": `${emoji} ${mine ? t("you") : context.bot}`, onclick: () => context.react(message, mine ? "" : emoji) }, shown(emoji))));
}

function keyboard(message, context) {
  if (!message.rows.length) return null;
  return el("div.keyboard", {}, ...message.rows.map((row) => el("div.keys", {}, ...row.map((button) => key(message, button, context)))));
}

function key(message, button, context) {
  const shape = `button.key${button.style ? `.${button.style}` : ""}`;
  if (button.url) return el(shape.replace("button", "a"), { href: /^https?:/i.test(button.url) ? button.url : "#", target: "_blank", rel: "noopener noreferrer" }, button.text);
  const node = el(shape, {
    type: "button",
    onclick: async () => {
      node.classList.add("busy");
      await context.tap(message, button);
      node.classList.remove("busy");
    },
  }, button.text);
  return node;
}

function tools(message, context) {
  const smile = iconButton("smile", t("react"));
  popover(smile, (close) => FEELINGS.map((emoji) => el("button.feeling", { type: "button", onclick: () => { close(); context.react(message, emoji); } }, shown(emoji))), "div.popover.feelings");
  return el("div.tools", {},
    iconButton("reply", t("reply"), () => context.reply(message)),
    el("span.anchor", {}, smile),
    message.mine && (message.kind === "text" || message.text) ? iconButton("edit", t("edit"), () => context.edit(message)) : null,
    message.mine ? iconButton("trash", t("erase"), () => context.erase(message)) : null,
  );
}

/** The list item of one message, or of the messages of one album. */
export function bubble(messages, context) {
  const first = messages[0];
  const last = messages.at(-1);
  const captioned = messages.find((message) => message.text) ?? first;
  const big = (first.kind === "sticker" || first.kind === "dice") && !first.reply_to;
  const album = messages.length > 1;
  const said = captioned.text && rich(captioned.text, captioned.entities, context);
  const felt = reactions(first, context);
  const foot = marks({ ...last, edited: messages.some((message) => message.edited) }, context);
  // The time stands beside the last line of what there is, as on a phone.
  if (felt || said) (felt || said).append(foot);
  const media = messages.map((message) => MEDIA[message.kind]?.(message)).filter(Boolean);
  const body = el("div.bubble", {},
    first.reply_to && quotation(first.reply_to, context),
    first.origin && el("div.origin", {}, `${t("forwarded")} ${first.origin}`),
    media.length ? el(album && PHOTO_LIKE.has(first.kind) ? "div.album" : "div.media", { "data-count": String(media.length) }, ...media) : null,
    said,
    felt,
    !felt && !said && foot,
  );
  if (big) body.classList.add("big");
  if (media.length && PHOTO_LIKE.has(first.kind)) body.classList.add("pictured");
  if (first.rings && context.side === "owner") body.classList.add("ringing");
  const column = el("div.column", {}, el("div.line", {}, body, tools(first, context)), keyboard(last, context));
  return el(first.mine ? "li.row.mine" : "li.row", {
    id: `${context.side}-${first.id}`,
    tabindex: "0",
    "data-id": String(first.id),
    onkeydown: (event) => {
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.code === "KeyR") { event.preventDefault(); context.reply(first); }
      if (event.code === "KeyE" && first.mine) { event.preventDefault(); context.edit(first); }
    },
  }, column);
}
