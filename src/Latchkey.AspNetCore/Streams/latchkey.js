// What may this user do, now and from now on?
//
//   const live = latchkey({ server: "https://keys.example.com", tenant: "acme", subject: "user:42",
//     token: async () => (await fetch("/my-token")).text() }).onEntitlements(state => show(state.products));
//   live.close();
//
// token gives a subject token from your backend; it is asked again when that has ended.

const SILENCE_MS = 75_000; // over two heartbeats

export function latchkey({ server, tenant, subject, token, onError = () => {} }) {
  const url = `${server.replace(/\/+$/, "")}/v1/tenants/${encodeURIComponent(tenant)}/entitlements/${encodeURIComponent(subject)}/stream`;
  const callbacks = [];
  const stop = new AbortController();
  let failures = 0; // in a row
  let bearer, lastId, running, state, wake;

  function tell(callback) {
    try {
      callback(state);
    } catch (error) {
      onError(error); // the page's fault
    }
  }

  function hear({ id, event, data }) {
    lastId = id ?? lastId;
    if (event !== "entitlements") return;
    state = JSON.parse(data);
    callbacks.forEach(tell);
  }

  async function read(body, dead) {
    let text = "";
    let message = {};
    let timer;
    const waiting = () => (clearTimeout(timer), (timer = setTimeout(dead, SILENCE_MS)));
    try {
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part; waiting(), !(part = await reader.read()).done; ) {
        const lines = (text + part.value).split("\n");
        text = lines.pop();
        for (const line of lines) {
          const at = line.indexOf(": ");
          if (at > 0) message[line.slice(0, at)] = line.slice(at + 2);
          if (line === "") hear(message), (message = {});
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function once() {
    bearer ??= await token();
    const line = new AbortController();
    const signal = AbortSignal.any([stop.signal, line.signal]);
    const headers = { Authorization: `Bearer ${bearer}`, ...(lastId && { "Last-Event-ID": lastId }) };
    const reply = await fetch(url, { headers, signal, cache: "no-store" });
    if (reply.status === 401) bearer = undefined;
    if (!reply.ok) throw Error(`Latchkey answered ${reply.status}`, { cause: reply.status });
    failures = 0;
    await read(reply.body, () => line.abort(Error("The line is dead")));
  }

  async function run() {
    while (!stop.signal.aborted) {
      await once().catch(error => stop.signal.aborted || (failures++, onError(error), error.cause === 403 && stop.abort()));
      // A new token is tried at once; else up to half a minute passes, so that not all come together.
      const ms = bearer || failures > 1 ? Math.min(30_000, 250 * 2 ** failures) * (0.5 + Math.random() / 2) : 0;
      await new Promise(go => setTimeout((wake = go), ms));
    }
  }

  return {
    onEntitlements(callback) {
      callbacks.push(callback);
      if (state) tell(callback);
      running ??= run();
      return this;
    },
    close() {
      stop.abort();
      wake?.();
    },
  };
}

// What became of one purchase link?
//
//   waitForPurchase(link.wait_url, { onState: ({ title, text }) => show(title, text), onResult: ({ state, result }) => send(result) });
//
// It needs no token: the address is the secret. onResult comes once; result is the signed one, for your backend to verify.
export function waitForPurchase(waitUrl, { onState = () => {}, onResult = () => {}, onError = () => {} } = {}) {
  const url = waitUrl.replace(/[?#].*$/, "");
  let failures = 0; // in a row
  let closed, source, timer;

  function close() {
    closed = true;
    clearTimeout(timer);
    source?.close();
    globalThis.removeEventListener?.("online", open);
  }

  function watch() {
    clearTimeout(timer);
    timer = setTimeout(fail, SILENCE_MS, Error("The line is dead"));
  }

  function fail(error) {
    source?.close();
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(open, Math.min(30_000, 500 * 2 ** failures++) * (0.5 + Math.random() / 2));
    onError(error);
  }

  function open() {
    if (closed) return;
    source?.close();
    source = new EventSource(`${url}/stream`);
    watch();
    source.addEventListener("beat", watch);
    source.addEventListener("state", ({ data }) => {
      failures = 0;
      watch();
      const state = JSON.parse(data);
      if (state.ended) close();
      onState(state);
      if (state.ended) onResult({ ...state, result: state.url && new URL(state.url).searchParams.get("latchkey_result") });
    });
    source.onerror = () => fail(Error("The line broke"));
  }

  open();
  globalThis.addEventListener?.("online", open); // at once, not when the pause is over
  return {
    close,
    // Has Gumroad asked; false when there is nothing to be asked.
    check: async () => (await (await fetch(`${url}/check`, { method: "POST", cache: "no-store" })).json()).checking === true,
  };
}
