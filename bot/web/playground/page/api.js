// The way to the playground's server: JSON both ways, errors as passing lines.

import { el } from "./dom.js";
import { t } from "./texts.js";

export function toast(text) {
  const line = el("div.toast", {}, text);
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), 4000);
}

export function alertBox(text) {
  const dialog = document.getElementById("alert");
  dialog.querySelector("p").textContent = text;
  dialog.showModal();
}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  toast(body.error === "past" ? t("past") : body.error || `HTTP ${response.status}`);
  return null;
}

export async function look(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

/** Does something; gives the answer, or null after having shown why not. */
export async function act(name, body) {
  try {
    return await read(
      await fetch(`/play/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    );
  } catch {
    toast(t("lost"));
    return null;
  }
}

export async function upload(person, kind, files, caption, replyTo) {
  const form = new FormData();
  form.set("person", person);
  form.set("kind", kind);
  form.set("caption", caption);
  form.set("reply_to", replyTo ?? "");
  for (const file of files) form.append("file", file);
  try {
    return await read(await fetch("/play/upload", { method: "POST", body: form }));
  } catch {
    toast(t("lost"));
    return null;
  }
}
