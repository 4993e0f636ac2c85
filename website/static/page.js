// What a page does beside its widgets: dark and light, search, where one is, questions.

import { verdict } from "./questions.js";
import { front } from "./front.js";
import { start } from "./host.js";

const { words } = window.course;
const node = (tag, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

// ---------- dark and light ----------

const wear = (theme) => {
  document.documentElement.dataset.theme = theme;
  document.body.dataset.jpThemeLight = String(theme === "light");
};
wear(document.documentElement.dataset.theme);
document.getElementById("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  wear(theme);
  try { localStorage.setItem("theme", theme); } catch { /* a page from a folder may keep nothing */ }
});

// ---------- where am I ----------

const headings = [...document.querySelectorAll("main h2")];
const marks = new Map([...document.querySelectorAll(".sections a")].map((link) => [link.hash.slice(1), link]));
const place = () => {
  const room = document.documentElement.scrollHeight - innerHeight;
  document.getElementById("progress").style.width = `${room > 0 ? (100 * scrollY) / room : 100}%`;
  const here = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
  for (const [id, link] of marks) link.toggleAttribute("data-here", id === here?.id);
};
addEventListener("scroll", place, { passive: true });
place();

// ---------- search ----------

const field = document.getElementById("search");
const results = document.getElementById("results");
let loading;
const index = () => loading ??= new Promise((resolve, reject) => {
  const script = node("script", { src: "assets/search.js", onerror: reject, onload: () => resolve(window.course.search) });
  document.head.append(script);
});

/** Sections that hold all the words, those with a word in the heading first. */
const search = (sections, query) => {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const score = ({ title, heading, text }) => {
    const [top, body] = [`${title} ${heading}`.toLowerCase(), text.toLowerCase()];
    if (!wanted.every((word) => top.includes(word) || body.includes(word))) return 0;
    return 1 + wanted.filter((word) => heading.toLowerCase().includes(word)).length;
  };
  const scored = sections.map((section) => [score(section), section]).filter(([points]) => points);
  return scored.sort((a, b) => b[0] - a[0]).slice(0, 12).map(([, section]) => section);
};

const shown = (section, query) => {
  const at = section.text.toLowerCase().indexOf(query.toLowerCase().split(/\s+/)[0]);
  const text = section.text.slice(Math.max(0, at - 40), at + 80);
  const link = node("a", { href: `${section.page}.html#${section.id}` }, node("b", {}, section.heading), ` ${text}`);
  return node("li", {}, node("small", {}, section.title), link);
};

field.addEventListener("focus", index);
field.addEventListener("input", async () => {
  const query = field.value.trim();
  const found = query ? search(await index(), query) : [];
  const none = node("li", {}, `${words.no_results} “${query}”`);
  results.replaceChildren(...(found.length ? found.map((one) => shown(one, query)) : [none]));
  results.hidden = !query;
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [role=application], [contenteditable]");
  if (event.key === "/" && !typing) { event.preventDefault(); field.focus(); }
  if (event.key === "Escape" && document.activeElement === field) { results.hidden = true; field.blur(); }
});

// ---------- questions ----------

for (const form of document.querySelectorAll("form.question")) {
  const asked = window.course.questions[form.dataset.question];
  const answer = (event) => {
    event.preventDefault();
    const [status, html] = verdict(asked, new FormData(form).get(asked.name) ?? "", words);
    const box = form.querySelector(".verdict");
    box.dataset.status = status;
    box.innerHTML = html; // made of the exercises' own sentences; what was typed is escaped
  };
  form.addEventListener("submit", answer);
  if (asked.kind === "choice") form.addEventListener("change", answer);
}

start();
front();
