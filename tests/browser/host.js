// A host of anywidget's contract and of nothing more: exact event names, and save_changes sends what was set.
window.host = async ({ esm, css, state }) => {
  const revive = (value) => (value?.base64 !== undefined ? bytes(value.base64)
    : Array.isArray(value) ? value.map(revive)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, revive(v)])) : value);
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  const [listeners, unsent] = [new Map(), new Set()];
  const put = (changes) => {
    Object.assign(state, changes);
    for (const name of Object.keys(changes)) listeners.get(`change:${name}`)?.forEach((callback) => callback());
  };
  const model = {
    get: (name) => state[name],
    set(name, value) { unsent.add(name); put({ [name]: value }); },
    async save_changes() {
      const sent = Object.fromEntries([...unsent].map((name) => [name, state[name]]));
      unsent.clear();
      put(revive(await window.toPython?.(sent)) ?? {});
    },
    on: (name, callback) => listeners.set(name, [...(listeners.get(name) ?? []), callback]),
    off: (name, callback) => listeners.set(name, listeners.get(name)?.filter((other) => other !== callback) ?? []),
  };
  state = revive(state);
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const module = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
  const [el, leave] = [document.getElementById("here"), new AbortController()];
  await module.default.render({ model, el, signal: leave.signal });
  Object.assign(window, { model, put: (changes) => put(revive(changes)), leave: () => leave.abort() });
};
