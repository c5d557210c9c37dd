// The page: fetches the state after every change the server tells of, and lets each part show its piece of it.

import { el } from "./dom.js";
import { look, toast } from "./api.js";
import { ClockBar } from "./clockbar.js";
import { People, avatar } from "./people.js";
import { Phone } from "./phone.js";
import { LANGUAGES, language, setLanguage, t, translatePage } from "./texts.js";
import { Why } from "./why.js";

// When to ask again for the reasons after a change, in ms: a verdict may come later than the message, or without one.
const SECOND_LOOKS = [1000, 3000, 10000];
const TABS = ["client", "why", "owner"];

const client = new Phone("client", document.getElementById("client"));
const people = new People(document.getElementById("client"), choose);
const owner = new Phone("owner", document.getElementById("owner"));
const ownerFace = el("div.people");
const ownerName = el("p.who");
document.getElementById("owner").prepend(ownerFace, ownerName);
const why = new Why(document.getElementById("why"), (line) => { openTab("client"); client.composer.fill(line); });
const clock = new ClockBar();

// On a narrow screen the freelancer's tab tells of a ring that nobody saw.
owner.onring = () => {
  if (document.querySelector(".stage").dataset.tab !== "owner") document.querySelector('[role="tab"][data-tab="owner"]').classList.add("ringing");
};

let chosen = Number(sessionStorage.getItem("vratar.client") ?? 0);
let state = null;
let reasons = null;
let busy = false;
let stale = false;
let looks = [];

function choose(id) {
  chosen = id;
  sessionStorage.setItem("vratar.client", id);
  refresh();
}

/** One fetch at a time; a change that comes meanwhile leads to one more. */
async function refresh() {
  if (busy) {
    stale = true;
    return;
  }
  busy = true;
  do {
    stale = false;
    try {
      const asked = chosen;
      const seen = await look(`/play/state?client=${asked}`);
      if (asked !== chosen) {
        stale = true; // somebody else was chosen meanwhile
        continue;
      }
      state = seen;
      chosen = state.client;
      clock.set(state.now, state.zone);
      render();
      await ask();
    } catch {
      break; // the event stream tells when the server is back
    }
  } while (stale);
  busy = false;
}

async function ask() {
  const asked = chosen;
  const answer = await look(`/play/why?client=${asked}`);
  if (asked !== chosen) return;
  reasons = answer;
  renderReasons();
}

function person() {
  return state.people.find(({ id }) => id === state.client);
}

function render() {
  people.show(state.people, state.client);
  ownerFace.replaceChildren(el("div.chip.chosen", { "aria-hidden": "true" }, avatar(state.owner), el("span.first", {}, state.owner.first_name)));
  ownerName.replaceChildren(el("b", {}, state.owner.name), el("span", {}, state.owner.about), el("span.role", {}, t("owner")));
  client.show(state.chats.client, state, person());
  owner.show(state.chats.owner, state, state.owner);
  why.offer(person(), state.outage);
}

function renderReasons() {
  why.explain(reasons.explanation, person());
  clock.show(reasons.landmarks);
}

function changed() {
  refresh();
  looks.forEach(clearTimeout);
  looks = SECOND_LOOKS.map((pause) => setTimeout(() => ask().catch(() => {}), pause));
}

function openTab(name) {
  document.querySelector(".stage").dataset.tab = name;
  for (const tab of document.getElementById("tabs").children) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
    if (tab.dataset.tab === name) tab.classList.remove("ringing");
  }
}

function words() {
  setLanguage(language);
  translatePage();
  document.getElementById("languages").replaceChildren(...LANGUAGES.map((code) => el("button", {
    type: "button", lang: code, "aria-pressed": String(code === language),
    onclick: () => { setLanguage(code); words(); client.rebuild(); owner.rebuild(); if (state) render(); if (reasons) renderReasons(); },
  }, code.toUpperCase())));
  const open = document.querySelector(".stage").dataset.tab;
  document.getElementById("tabs").replaceChildren(...TABS.map((name) => el("button", { type: "button", role: "tab", "data-tab": name, "aria-controls": name, onclick: () => openTab(name) }, t(name))));
  openTab(open);
}

function listen() {
  const stream = new EventSource("/play/events");
  let warned = false;
  stream.onmessage = () => { warned = false; changed(); };
  stream.onerror = () => {
    if (!warned) toast(t("lost"));
    warned = true;
  };
}

words();
listen();
