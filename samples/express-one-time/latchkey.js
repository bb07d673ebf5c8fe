// All that an app needs of Latchkey: four HTTP calls, and a signature to verify.
import { setTimeout as pause } from "node:timers/promises";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";

const keysOutOfReach = new Set(["ERR_JWKS_TIMEOUT", "ERR_JOSE_GENERIC"]);

export class Latchkey {
  #api;
  #token;
  #issuer;
  #keys;

  constructor({ server, tenant, token, issuer }) {
    this.#api = `${server}/v1/tenants/${tenant}`;
    this.#token = token;
    this.#issuer = issuer;
    this.#keys = createRemoteJWKSet(new URL(`${this.#api}/.well-known/jwks.json`));
  }

  /** A link for one purchase. Send the user to its wait_url. */
  makeLink(link) {
    return this.#json("/purchase-links", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(link) });
  }

  /** The link, with the data that was given with it. */
  link(id) {
    return this.#json(`/purchase-links/${encodeURIComponent(id)}`);
  }

  purchase(id) {
    return this.#json(`/purchases/${encodeURIComponent(id)}`);
  }

  /** What a returning user brings, if Latchkey signed it for this app within the last ten minutes; else undefined. */
  async verify(result, audience) {
    try {
      const { payload } = await jwtVerify(String(result), this.#keys, {
        issuer: this.#issuer,
        audience,
        typ: "purchase-result+jwt",
        algorithms: ["EdDSA"],
      });
      return payload;
    } catch (e) {
      if (!(e instanceof errors.JOSEError) || keysOutOfReach.has(e.code)) throw e; // that says nothing about the result
      return undefined;
    }
  }

  /** Calls `handle` for every redeemed link, also those whose user never comes back: again and again until it succeeds, then the next. */
  async listen(position, handle) {
    while (true) {
      try {
        const headers = position.last ? { "Last-Event-ID": position.last } : {};
        const stream = await this.#fetch("/events/stream", { headers });
        for await (const { id, event, data } of messagesOf(stream)) {
          if (event === "purchase_link.redeemed") await handle(JSON.parse(data));
          position.last = id ?? position.last;
        }
      } catch (e) {
        console.error(`Listening to Latchkey broke off, and goes on in a second: ${e.message}`);
      }
      await pause(1000);
    }
  }

  async #json(path, init) {
    return (await this.#fetch(path, init)).json();
  }

  async #fetch(path, { headers, ...init } = {}) {
    const reply = await fetch(this.#api + path, { ...init, headers: { Authorization: `Bearer ${this.#token}`, ...headers } });
    if (!reply.ok) {
      const problem = await reply.json().catch(() => ({}));
      throw new Error(`Latchkey answered ${reply.status} ${problem.code ?? ""}: ${problem.detail ?? ""}`);
    }
    return reply;
  }
}

// Server-Sent Events. https://html.spec.whatwg.org/multipage/server-sent-events.html
async function* messagesOf(stream) {
  let text = "";
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
      const data = field("data");
      if (data !== undefined) yield { id: field("id"), event: field("event"), data };
    }
  }
}
