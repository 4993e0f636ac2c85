// Hosts the widgets of a page: a model for each, which speaks anywidget's contract and lets the kernel here answer.

import { KERNEL } from "./kernel.js";

/** A value of a stored state; {b64} are bytes, {b64, shape} are float32 numbers in that shape. */
export function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (!value || typeof value !== "object" || value instanceof DataView) return value;
  if (!("b64" in value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revived(one)]));
  const bytes = Uint8Array.from(atob(value.b64), (letter) => letter.charCodeAt(0));
  if (!value.shape) return new DataView(bytes.buffer);
  return { shape: value.shape, data: new Float32Array(bytes.buffer) };
}

/** A widget's traits. What its class observes in Python is answered here, with the traits that Python would set. */
export class Model {
  constructor({ class: kind, state, kept = null }, kernel = KERNEL) {
    this.state = revived(state);
    this.kept = revived(kept);
    this.entry = kernel[kind];
    this.listeners = new Map();
    this.changed = new Set();
    this.asked = 0;
  }

  get(name) { return this.state[name]; }

  set(name, value) {
    if (Object.is(this.state[name], value)) return;
    this.state[name] = value;
    this.changed.add(name);
    this.tell(`change:${name}`, value);
  }

  on(event, callback) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(callback);
  }

  off(event, callback) { this.listeners.get(event)?.delete(callback); }

  tell(event, value) { for (const callback of [...this.listeners.get(event) ?? []]) callback(value); }

  send() {}

  /** The kernel's turn. An answer that comes after a later question is dropped; what is told meanwhile, too. */
  async save_changes() {
    const asked = this.entry?.listens.some((name) => this.changed.has(name));
    this.changed.clear();
    if (!asked) return;
    const turn = ++this.asked;
    const take = (traits) => {
      if (turn !== this.asked) return;
      for (const [name, value] of Object.entries(traits)) this.set(name, value);
      this.changed.clear();
    };
    take(await this.entry.answer(this.state, this.kept, take));
  }
}

/** Draws the widget of a place in the page; its still picture goes when it stands. */
export async function mount(figure, stored) {
  const kind = window.course.kinds?.[figure.dataset.widget];
  if (!kind) return;
  const model = new Model(stored);
  const place = document.createElement("div");
  figure.append(place);
  try {
    await kind.initialize?.({ model });
    await kind.render({ model, el: place, signal: new AbortController().signal });
  } catch (error) {
    place.remove();
    throw error;
  }
  figure.dataset.alive = "";
}

const waiting = new Map();

/** The bytes of a file that a page loads only when they are needed, as an ArrayBuffer. */
function later(name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
    document.head.append(script);
  });
}

function arrived(name, text) {
  waiting.get(name)(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

/** Every widget of the page. */
export function start() {
  Object.assign(window.course, { later, arrived });
  for (const figure of document.querySelectorAll("figure[data-widget]")) mount(figure, window.course.widgets[figure.id]);
}
