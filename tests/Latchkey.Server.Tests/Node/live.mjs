// A page in Node.js: takes latchkey.js from the server and prints what it is told, until "close" comes in.
// usage: node live.mjs SERVER TENANT SUBJECT API_TOKEN
import { once } from "node:events";

const [server, tenant, subject, apiToken] = process.argv.slice(2);
const source = await (await fetch(new URL("/latchkey.js", server))).text();
const { latchkey } = await import("data:text/javascript," + encodeURIComponent(source));

async function mint() {
  const url = new URL(`/v1/tenants/${tenant}/entitlements/${encodeURIComponent(subject)}/token`, server);
  return (await (await fetch(url, { method: "POST", headers: { Authorization: `Bearer ${apiToken}` } })).json()).token;
}

let asked = 0;
const live = latchkey({
  server, tenant, subject,
  token: () => (asked++ === 0 ? "not.a.token" : mint()),
  onError: error => console.log("refused: " + error.message),
}).onEntitlements(state => console.log("tier: " + (state.products[0]?.tier ?? null)));

await once(process.stdin, "data");
live.close();
live.close();
console.log("closed");
