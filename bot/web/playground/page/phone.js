// A phone: whose it is, the chat with the bot, the pinned line, and the place to write.

import { el, icon } from "./dom.js";
import { act, alertBox, toast } from "./api.js";
import { bubble, lineOf } from "./bubble.js";
import { Composer } from "./composer.js";
import { clockIn, t } from "./texts.js";

const TYPING = 5000; // Telegram shows an action for five seconds
const NEAR = 80; // px from the end that still count as being there

export class Phone {
  constructor(side, section) {
    this.side = side;
    this.section = section;
    this.shown = new Map(); // key of a bubble → { mark, node }
    this.chatId = 0;
    this.rang = 0;
    this.actions = 0;
    this.composer = new Composer(side);
    this.rebuild();
  }

  rebuild() {
    this.avatar = el("span.avatar.bot", { "aria-hidden": "true" });
    this.title = el("b");
    this.status = el("span.status", { "aria-live": "polite" });
    this.tally = el("span.tally");
    this.pinned = el("button.pinned", { type: "button", hidden: true });
    this.list = el("ol.messages");
    // Laid out from the end, so that it stays at the end while pictures load.
    this.scroller = el("div.scroller", { role: "log", "aria-live": "polite", "aria-label": t(this.side) }, this.list);
    this.keys = el("div.reply-keys", { hidden: true });
    this.foot = el("div.foot");
    this.shown.clear();
    this.chatId = 0;
    this.composer.rebuild();
    this.node = el("article.phone", {}, el("header.phone-head", {}, this.avatar, el("span.names", {}, this.title, this.status), this.tally), this.pinned, this.scroller, this.keys, this.foot);
    this.section.querySelector(".phone")?.remove();
    this.section.append(this.node);
  }

  show(chat, state, person) {
    const moved = chat.id !== this.chatId;
    if (moved) {
      this.shown.clear();
      this.list.replaceChildren();
      this.chatId = chat.id;
      this.actions = chat.action.count;
      clearTimeout(this.typing);
      this.isTyping = false;
    }
    this.chat = chat;
    this.person = person;
    this.bot = state.bot.name;
    this.zone = person.zone || state.zone;
    this.avatar.textContent = state.bot.name.slice(0, 1);
    this.title.textContent = state.bot.name;
    this.head(chat);
    this.pin(chat.pinned);
    this.count(chat, state);
    this.composer.show(chat.commands, person.id);
    this.messages(chat.messages, moved);
    this.bottom(chat);
  }

  head(chat) {
    if (chat.action.count > this.actions && chat.action.name) {
      this.isTyping = true;
      clearTimeout(this.typing);
      this.typing = setTimeout(() => { this.isTyping = false; this.head({ ...this.chat, action: { ...this.chat.action, count: 0 } }); }, TYPING);
    }
    if (!chat.action.name) this.isTyping = false;
    this.actions = Math.max(this.actions, chat.action.count);
    this.status.textContent = this.isTyping ? t("typing") : chat.standing === "blocked" ? t("blocked") : t("bot");
    this.status.classList.toggle("busy", this.isTyping);
  }

  pin(pinned) {
    this.pinned.hidden = !pinned;
    if (!pinned) return;
    this.pinned.replaceChildren(icon("pin"), el("span", {}, el("b", {}, t("pinned")), el("span", {}, lineOf(pinned))));
    this.pinned.onclick = () => this.jump(pinned.id);
  }

  /** How often the freelancer's phone sounded today, and how often it did not: what the gate is for. */
  count(chat, state) {
    if (this.side !== "owner") return;
    const day = clockIn(state.zone, { dateStyle: "short" });
    const today = chat.messages.filter((message) => !message.mine && day(message.at) === day(state.now));
    const rang = today.filter((message) => message.rings).length;
    const silent = today.length - rang;
    this.tally.title = `${t("today")}: ${rang} ${t("today_rings")}, ${silent} ${t("today_silent")}`;
    this.tally.setAttribute("aria-label", this.tally.title);
    this.tally.setAttribute("role", "img");
    this.tally.replaceChildren(el(rang ? "span.sound.rings" : "span.sound", {}, icon("bell"), String(rang)), el("span.sound", {}, icon("mute"), String(silent)));
  }

  messages(messages, moved) {
    const context = this.context();
    const near = Math.abs(this.scroller.scrollTop) < NEAR;
    const day = clockIn(this.zone, { weekday: "long", day: "numeric", month: "long" });
    const blocks = this.blocks(messages);
    const nodes = [];
    const kept = new Set();
    let lastDay = "";
    for (const block of blocks) {
      const today = day(block[0].at);
      if (today !== lastDay) nodes.push(this.keep(`day ${today} ${block[0].id}`, today, () => el("li.day", {}, el("span", {}, today)), kept));
      lastDay = today;
      nodes.push(this.keep(`message ${block[0].id}`, JSON.stringify(block), () => bubble(block, context), kept));
    }
    if (!nodes.length) nodes.push(this.keep("empty", t(`empty_${this.side}`), () => el("li.empty", {}, t(`empty_${this.side}`)), kept));
    for (const key of this.shown.keys()) if (!kept.has(key)) this.shown.delete(key);
    const grew = nodes.length > this.list.children.length;
    this.place(nodes);
    if (moved || (near && grew) || messages.at(-1)?.mine) this.scroller.scrollTop = 0;
    this.answering(messages);
    this.ring(messages.findLast((message) => message.rings)?.id ?? 0, moved);
  }

  /** The owner's phone shakes when it rings. `rang` is the newest message that did. */
  ring(id, moved) {
    const fresh = !moved && id > this.rang && this.side === "owner";
    this.rang = id;
    if (!fresh) return;
    this.node.classList.add("shaken");
    setTimeout(() => this.node.classList.remove("shaken"), 900);
    this.onring?.();
  }

  /** Moves only what is out of place, so that focus and scroll stay where they are. */
  place(nodes) {
    const wanted = new Set(nodes);
    for (const node of [...this.list.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
  }

  keep(key, mark, make, kept) {
    kept.add(key);
    const known = this.shown.get(key);
    if (known?.mark === mark) return known.node;
    const node = make();
    this.shown.set(key, { mark, node });
    return node;
  }

  blocks(messages) {
    const blocks = [];
    for (const message of messages) {
      const before = blocks.at(-1);
      if (message.album && before?.[0].album === message.album) before.push(message);
      else blocks.push([message]);
    }
    return blocks;
  }

  /** A forced reply aims the composer; a reply keyboard stands above it. */
  answering(messages) {
    const last = messages.at(-1);
    if (last?.force_reply && this.forced !== last.id) {
      this.forced = last.id;
      this.composer.aim(last, false);
    }
    const rows = last?.mine === false ? last.keyboard : [];
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(...rows.map((row) => el("div.keys", {}, ...row.map((text) => el("button.key", { type: "button", onclick: () => this.composer.send(text) }, text)))));
  }

  bottom(chat) {
    const begin = chat.standing === "unstarted" && this.side === "client";
    if (chat.standing === "blocked") this.foot.replaceChildren(el("button.wide", { type: "button", onclick: () => act("simulate", { what: "block", client: chat.id }) }, t("unblock")));
    else if (begin) this.foot.replaceChildren(el("button.wide.strong", { type: "button", onclick: () => this.composer.send("/start") }, t("start")), this.composer.node);
    else if (this.foot.firstChild !== this.composer.node) this.foot.replaceChildren(this.composer.node);
  }

  jump(id) {
    const row = this.node.querySelector(`[data-id="${id}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.add("lit");
    setTimeout(() => row.classList.remove("lit"), 1500);
  }

  context() {
    const person = this.person.id;
    return {
      side: this.side,
      zone: this.zone,
      name: this.person.first_name,
      bot: this.bot,
      command: (text) => this.composer.send(text),
      reply: (message) => this.composer.aim(message, false),
      edit: (message) => this.composer.aim(message, true),
      erase: (message) => act("erase", { person, message: message.id }),
      react: (message, emoji) => act("react", { person, message: message.id, emoji }),
      jump: (id) => this.jump(id),
      tap: async (message, button) => {
        const answer = await act("tap", { person, message: message.id, data: button.data });
        if (!answer?.toast?.text) return;
        (answer.toast.alert ? alertBox : toast)(answer.toast.text);
      },
    };
  }
}
