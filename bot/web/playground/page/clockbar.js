// The bot's clock: it runs by itself, and is turned forward by a landmark or to a typed moment.

import { el } from "./dom.js";
import { act } from "./api.js";
import { clockIn, language, t } from "./texts.js";

export class ClockBar {
  constructor() {
    this.time = document.getElementById("clock-time");
    this.day = document.getElementById("clock-day");
    this.turns = document.getElementById("turns");
    this.field = document.getElementById("turn-at");
    document.getElementById("turn-form").addEventListener("submit", (event) => {
      event.preventDefault();
      act("clock", { at: this.field.value });
    });
    setInterval(() => this.tick(), 1000);
  }

  /** `now` is the bot's time in ms, at this very moment of the page. */
  set(now, zone) {
    this.lead = now - performance.now();
    this.zone = zone;
    this.tick();
  }

  tick() {
    if (!this.zone) return;
    const now = this.lead + performance.now();
    this.time.textContent = clockIn(this.zone, { hour: "2-digit", minute: "2-digit" })(now);
    const day = clockIn(this.zone, { weekday: "long", day: "numeric", month: "long" })(now);
    this.day.textContent = day;
    this.day.title = this.zone;
    // sv-SE writes a moment the way the field reads it.
    const local = new Intl.DateTimeFormat("sv-SE", { timeZone: this.zone, dateStyle: "short", timeStyle: "short" }).format(now).replace(" ", "T");
    this.field.min = local;
    if (document.activeElement !== this.field && this.field.value < local) this.field.value = local;
  }

  show(landmarks) {
    const mark = JSON.stringify([language, this.zone, landmarks.map(({ key, at, label }) => [key, key.startsWith("plus") || at, label])]);
    if (mark === this.mark) return;
    this.mark = mark;
    const focused = this.turns.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const soon = clockIn(this.zone, { weekday: "short", hour: "2-digit", minute: "2-digit" });
    const later = clockIn(this.zone, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    const far = (at) => at - (this.lead + performance.now()) > 6 * 86400000;
    this.turns.replaceChildren(...landmarks.map(({ key, at, label }) => {
      const name = t(key) === key ? label || key : t(key);
      const when = key.startsWith("plus") ? "" : (far(at) ? later : soon)(at);
      return el("button.turn", { type: "button", "data-key": key, title: [label, later(at)].filter(Boolean).join(", "), onclick: () => act("clock", { key }) }, el("span", {}, name), when && el("small", {}, when));
    }));
    if (focused) this.turns.querySelector(`[data-key="${focused}"]`)?.focus();
  }
}
