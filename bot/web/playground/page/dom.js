// Elements without innerHTML: whatever a person or the bot wrote stays text.

const ICONS = {
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Z",
  clip: "M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.3-8.2a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5",
  reply: "M10 8V4L3 11l7 7v-4c5 0 8.5 1.6 11 5-1-5-4-10-11-11Z",
  edit: "M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5c1 1.4 2.2 2 3.5 2s2.5-.6 3.5-2M9 9.5v.5M15 9.5v.5",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  close: "M6 6l12 12M18 6 6 18",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16ZM10 20.5h4",
  mute: "M6 16V11a6 6 0 0 1 9-5.2M18 11.5V16l1.5 2H9M10 20.5h4M4 4l16 16",
  pin: "M9 4h6l-1 6 3 3H7l3-3-1-6ZM12 13v7",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.1",
  file: "M7 3h7l4 4v14H7zM14 3v5h4",
  mic: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3ZM6 12a6 6 0 0 0 12 0M12 18v3",
  place: "M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  plus: "M12 5v14M5 12h14",
  play: "M8 5v14l11-7L8 5Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0",
  slash: "M15 4 9 20",
};

/** el("button.quiet", { onclick, title, "aria-label": … }, child, "text", …); what is empty is left out. */
export function el(shape, attributes = {}, ...children) {
  const [tag, ...classes] = shape.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a picture; the words are for those who cannot see it. */
export function iconButton(name, label, onclick, shape = "button.icon-button") {
  return el(shape, { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

/** A small panel under a button: opens on click, closes on Escape, on a click elsewhere, and when it is used. */
export function popover(button, fill, shape = "div.popover") {
  let panel = null;
  const close = (refocus) => {
    if (!panel) return;
    panel.remove();
    panel = null;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) button.focus();
  };
  const outside = (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) close(false);
  };
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "true");
  button.addEventListener("click", () => {
    if (panel) return close(true);
    panel = el(shape, {}, fill(() => close(true)));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(true);
    });
    button.after(panel);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    panel.querySelector("button, input")?.focus();
  });
  return button;
}
