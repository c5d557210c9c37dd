// Why the gate decided as it did, lines to try, and failures to try.

import { el } from "./dom.js";
import { act } from "./api.js";
import { phrasesFor, t } from "./texts.js";

export class Why {
  constructor(section, fill) {
    this.fill = fill;
    this.verdict = el("div.card.verdict", { "aria-live": "polite" });
    this.tries = el("div.card.tries");
    this.failures = el("div.card.failures");
    section.append(this.verdict, this.tries, this.failures);
  }

  explain(explanation, person) {
    const mark = JSON.stringify([explanation, person, t("why")]);
    if (mark === this.mark) return;
    this.mark = mark;
    const title = el("h2", {}, t("why"), explanation && el("small", {}, person.name));
    if (!explanation) {
      this.verdict.replaceChildren(title, el("p.hint", {}, t("nothing_yet")));
      return;
    }
    const { label, score, language, deadline, promise, reasons, decision } = explanation;
    const percent = Math.round(score * 100);
    const gauge = el("span.gauge", { role: "meter", "aria-label": t("score"), "aria-valuenow": String(percent), "aria-valuemin": "0", "aria-valuemax": "100" }, el("i"));
    gauge.firstChild.style.width = `${percent}%`;
    this.verdict.replaceChildren(
      title,
      el("div.scored", {}, el(`span.label.${label}`, {}, t(`label_${label}`)), gauge, el("b", {}, `${percent}%`)),
      el("dl", {}, ...fact("promise", promise), ...fact("deadline", deadline), ...fact("speaks", language && t(`lang_${language}`))),
      ...list("reasons", reasons),
      ...list("decision", decision),
    );
  }

  /** `outage` is { name, left } in ms, or null. */
  offer(person, outage) {
    const lines = phrasesFor(person.language);
    const mark = JSON.stringify([person.id, person.standing, person.language, outage?.name, t("try")]);
    clearTimeout(this.ending);
    if (outage) this.ending = setTimeout(() => this.offer(person, null), outage.left + 50);
    if (mark === this.offered) return;
    this.offered = mark;
    this.tries.replaceChildren(el("h2", {}, t("try")), ...lines.map((line) => el("button.phrase", { type: "button", lang: person.language, onclick: () => this.fill(line) }, line)));
    const blocked = person.standing === "blocked";
    const failure = (what, words, on) => el(on ? "button.failure.on" : "button.failure", { type: "button", "aria-pressed": String(Boolean(on)), onclick: () => act("simulate", { what, client: person.id }) }, words);
    this.failures.replaceChildren(
      el("h2", {}, t("simulate")),
      el("div.choices", {},
        failure("block", t(blocked ? "unblock_bot" : "block"), blocked),
        failure("flood", t("flood"), outage?.name === "flood"),
        failure("cut", t("cut"), outage?.name === "cut")),
      outage ? el("p.outage", { role: "status" }, t(`running_${outage.name}`), " ", el("button.quiet", { type: "button", onclick: () => act("simulate", { what: "calm" }) }, t("calm"))) : "",
    );
  }
}

function fact(name, value) {
  return [el("dt", {}, t(name)), el("dd", {}, value || t("none"))];
}

function list(name, lines) {
  return lines.length ? [el("h3", {}, t(name)), el("ul", {}, ...lines.map((line) => el("li", {}, line)))] : [];
}
