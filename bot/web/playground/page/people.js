// The row of people one can be, with what is unread, and a field for somebody new.

import { el, icon, popover } from "./dom.js";
import { act } from "./api.js";
import { language, t } from "./texts.js";

const HUES = [168, 28, 262, 205, 340, 90, 312, 48];

export const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => word.slice(0, 1)).join("");

export function avatar(person) {
  const node = el("span.avatar", { "aria-hidden": "true" }, initials(person.name));
  node.style.setProperty("--hue", HUES[person.id % HUES.length]);
  return node;
}

function seenOf(id) {
  return Number(sessionStorage.getItem(`vratar.seen.${id}`) ?? 0);
}

export class People {
  constructor(section, choose) {
    this.choose = choose;
    this.row = el("div.chips", { role: "radiogroup" });
    this.place = el("div.people", {}, this.row);
    this.who = el("p.who");
    section.prepend(this.place, this.who);
  }

  show(people, chosen) {
    for (const person of people) {
      // A restarted playground begins to count anew.
      if (person.id === chosen || seenOf(person.id) > person.said) sessionStorage.setItem(`vratar.seen.${person.id}`, person.said);
    }
    const mark = JSON.stringify([people, chosen, t("people"), people.map((person) => seenOf(person.id))]);
    if (mark === this.mark) return;
    this.mark = mark;
    const focused = this.row.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.row.setAttribute("aria-label", t("people"));
    this.row.replaceChildren(...people.map((person) => this.chip(person, chosen)));
    if (this.language !== language) {
      this.language = language;
      this.place.replaceChildren(this.row, this.adder()); // only now: somebody may be typing a name in it
    }
    if (focused) this.row.querySelector(`[data-id="${focused}"]`)?.focus();
    const person = people.find(({ id }) => id === chosen);
    this.who.replaceChildren(el("b", {}, person.name), ...(person.about ? [el("span", {}, person.about)] : []), el("span.role", {}, t("client")), el("span.tongue", {}, person.language.toUpperCase()));
  }

  chip(person, chosen) {
    const unread = person.id === chosen ? 0 : person.said - seenOf(person.id);
    const label = [person.name, person.about, unread ? `${t("unread")}: ${unread}` : ""].filter(Boolean).join(", ");
    return el(person.id === chosen ? "button.chip.chosen" : "button.chip", {
      type: "button", role: "radio", "aria-checked": String(person.id === chosen), "aria-label": label, title: label, "data-id": String(person.id),
      onclick: () => this.choose(person.id),
    }, avatar(person), el("span.first", {}, person.first_name), unread > 0 && el("span.badge", {}, String(unread)));
  }

  adder() {
    const button = el("button.chip.adder", { type: "button", "aria-label": t("newcomer"), title: t("newcomer") }, el("span.avatar", {}, icon("plus")), el("span.first", {}, t("newcomer").split(" ")[0]));
    return el("span.anchor", {}, popover(button, (close) => this.newcomer(close), "div.popover.newcomer"));
  }

  newcomer(close) {
    const name = el("input", { type: "text", placeholder: t("name"), "aria-label": t("name"), maxlength: "64", required: true });
    const spoken = el("select", { "aria-label": t("language") }, ...["ru", "bg"].map((code) => el("option", { value: code }, t(`lang_${code}`))));
    return [el("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        const made = await act("person", { name: name.value, language: spoken.value });
        close();
        if (made) this.choose(made.id);
      },
    }, el("b", {}, t("newcomer")), name, spoken, el("button.strong", {}, t("add")))];
  }
}
