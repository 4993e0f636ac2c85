// The essay page: keeps what is typed in this browser, moves from text to text, and saves the sheet.
"use strict";

const cards = [...document.querySelectorAll("article[data-essay]")];
const fieldsOf = (card) => ({ points: card.querySelector(".points"), comment: card.querySelector(".comment") });
const isRead = (card) => fieldsOf(card).points.value !== "" && fieldsOf(card).points.checkValidity();
const storageName = (card) => `essay ${card.dataset.essay}`;
let stored = true; // false where the browser keeps nothing for pages from a file

function remember(card) {
  const { points, comment } = fieldsOf(card);
  try {
    localStorage.setItem(storageName(card), JSON.stringify([points.value, comment.value]));
  } catch {
    stored = false;
  }
}

function recall(card) {
  const { points, comment } = fieldsOf(card);
  try {
    const kept = JSON.parse(localStorage.getItem(storageName(card)) ?? "null");
    if (kept) [points.value, comment.value] = kept;
  } catch {
    stored = false;
  }
}

function show(card) {
  const { points } = fieldsOf(card);
  points.setAttribute("aria-invalid", String(!points.checkValidity()));
  card.classList.toggle("pass", isRead(card));
  card.classList.toggle("waiting", !isRead(card));
  card.classList.toggle("fail", !points.checkValidity());
}

function showProgress() {
  const read = cards.filter(isRead).length;
  const lost = stored ? "" : " This browser keeps nothing: save often.";
  document.querySelector("#progress").textContent = `${read} of ${cards.length} read.${lost}`;
}

// A comment that was written once is offered again, for texts of the same exercise.
function offer(card) {
  const { comment } = fieldsOf(card);
  const list = document.getElementById(comment.getAttribute("list"));
  if (comment.value && ![...list.options].some((option) => option.value === comment.value)) {
    list.append(new Option("", comment.value));
  }
}

function goTo(card) {
  if (!card) return;
  fieldsOf(card).points.focus({ preventScroll: true });
  fieldsOf(card).points.select();
  card.scrollIntoView({ block: "nearest" });
}

// Quoted, and never the beginning of a formula.
function cell(text) {
  const safe = /^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function sheet() {
  const lines = cards.map((card) => {
    const { points, comment } = fieldsOf(card);
    const text = card.querySelector("blockquote").textContent;
    const given = isRead(card) ? points.value : "";
    return [card.dataset.essay, card.dataset.exercise, given, points.max, comment.value, text].map(cell).join(",");
  });
  return ["\uFEFF" + document.querySelector("main").dataset.columns, ...lines].join("\n") + "\n";
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
  link.download = "essays.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const [place, card] of cards.entries()) {
  recall(card);
  show(card);
  offer(card);
  card.addEventListener("input", () => {
    remember(card);
    show(card);
    showProgress();
  });
  card.addEventListener("change", () => offer(card));
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    goTo(cards[place + (event.shiftKey ? -1 : 1)]);
  });
}
document.querySelector("#save").addEventListener("click", save);
document.querySelector("#next").addEventListener("click", () => goTo(cards.find((card) => !isRead(card))));
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  save();
});
showProgress();
