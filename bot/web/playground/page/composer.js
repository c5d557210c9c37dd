// Where a player writes: text, an edit, an answer, files, a sticker, a place, a command.

import { el, icon, iconButton, popover } from "./dom.js";
import { lineOf } from "./bubble.js";
import { act, upload } from "./api.js";
import { t } from "./texts.js";

const STICKERS = ["👍", "🙏", "🎉", "😢", "🤝", "☕"];
const TALLEST = 140;

export class Composer {
  constructor(side) {
    this.side = side;
    this.person = 0;
    this.drafts = new Map();
    this.target = null; // { message, edit: boolean }
    this.commands = [];
    this.node = el("form.composer", { onsubmit: (event) => { event.preventDefault(); this.send(); } });
    this.rebuild();
  }

  /** Builds everything anew, as after a change of the page's language. */
  rebuild() {
    const text = this.input?.value ?? "";
    this.strip = el("div.strip", { hidden: true });
    this.input = el("textarea", {
      rows: "1", placeholder: t("message"), "aria-label": `${t("message")}: ${t(this.side)}`, maxlength: "4096",
      oninput: () => this.fit(), onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event),
    });
    this.input.value = text;
    this.slash = popover(iconButton("slash", t("commands")), (close) => this.commandMenu(close), "div.popover.menu");
    const clip = popover(iconButton("clip", t("attach")), (close) => this.attachMenu(close), "div.popover.menu");
    const send = el("button.send", { "aria-label": t("send"), title: t("send") }, icon("send"));
    this.node.replaceChildren(this.strip, el("div.writing", {}, el("span.anchor", {}, clip), this.input, el("span.anchor", {}, this.slash), send));
    this.show(this.commands, this.person);
    this.fit();
  }

  /** Takes another person's place, with what they had begun to write. */
  show(commands, person) {
    this.commands = commands;
    this.slash.hidden = !commands.length;
    if (person === this.person) return;
    this.drafts.set(this.person, this.input.value);
    this.person = person;
    this.input.value = this.drafts.get(person) ?? "";
    this.drop();
    this.fit();
  }

  aim(message, edit) {
    this.target = { message, edit };
    if (edit) this.input.value = message.text;
    this.strip.hidden = false;
    this.strip.replaceChildren(
      icon(edit ? "edit" : "reply"),
      el("span", {}, el("b", {}, t(edit ? "editing" : "replying")), el("span", {}, lineOf(message))),
      iconButton("close", t("cancel"), () => this.drop(true)),
    );
    this.input.focus();
    this.fit();
  }

  drop(clear) {
    if (clear && this.target?.edit) this.input.value = "";
    this.target = null;
    this.strip.hidden = true;
    this.fit();
  }

  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.fit();
  }

  async send(text = this.input.value.trim()) {
    if (!text) return;
    const { message, edit } = this.target ?? {};
    const body = { person: this.person, text };
    this.input.value = "";
    this.drop();
    const done = edit ? await act("edit", { ...body, message: message.id }) : await act("say", { ...body, reply_to: message?.id ?? 0 });
    if (!done && !this.input.value) this.fill(text);
  }

  replyTo() {
    const id = this.target && !this.target.edit ? this.target.message.id : 0;
    this.drop();
    return id;
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
    if (event.key === "Escape" && this.target) this.drop(true);
  }

  paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.sendFiles(files.every((file) => file.type.startsWith("image/")) ? "photo" : "document", files);
  }

  async sendFiles(kind, files) {
    const caption = this.target?.edit ? "" : this.input.value.trim();
    if (caption) this.input.value = "";
    await upload(this.person, kind, files, caption, this.replyTo());
    this.fit();
  }

  /** Grows the field with its text where the browser does not do it by itself. */
  fit() {
    if (CSS.supports("field-sizing", "content") || !this.input.offsetParent) return;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST)}px`;
  }

  commandMenu(close) {
    return this.commands.map(({ command, description }) =>
      el("button.item", { type: "button", onclick: () => { close(); this.send(`/${command}`); } }, el("b", {}, `/${command}`), el("span", {}, description)));
  }

  attachMenu(close) {
    const choose = (kind, accept) => {
      const picker = el("input.picker", { type: "file", multiple: true, accept, "aria-label": t(kind), onchange: () => { close(); this.sendFiles(kind, [...picker.files]); } });
      picker.dataset.kind = kind;
      return el("label.item", {}, icon(kind === "photo" ? "photo" : "file"), t(kind), picker);
    };
    const item = (name, label, onclick) => el("button.item", { type: "button", onclick: () => { close(); onclick(); } }, icon(name), t(label));
    const say = (body) => act("say", { person: this.person, reply_to: this.replyTo(), ...body });
    return [
      choose("photo", "image/*"),
      choose("document", ""),
      item("mic", "voice", () => this.sendFiles("voice", [new File(["OggS"], "voice.oga", { type: "audio/ogg" })])),
      item("place", "location", () => say({ kind: "location" })),
      el("div.stickers", { role: "group", "aria-label": t("sticker") }, ...STICKERS.map((emoji) =>
        el("button.feeling", { type: "button", "aria-label": `${t("sticker")} ${emoji}`, onclick: () => { close(); say({ kind: "sticker", emoji }); } }, emoji))),
    ];
  }
}
