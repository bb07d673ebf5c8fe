// Where Latchkey is: from the environment, else from a `latchkey demo` that runs on this machine.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function readSettings(env = process.env) {
  const demo = env.LATCHKEY_TOKEN ? undefined : latestDemo();
  const server = env.LATCHKEY_SERVER ?? demo?.server;
  const tenant = env.LATCHKEY_TENANT ?? demo?.tenant;
  const token = env.LATCHKEY_TOKEN ?? demo?.api_token;
  if (!server || !tenant || !token) {
    throw new Error("There is no Latchkey: start `latchkey demo`, or set LATCHKEY_SERVER, LATCHKEY_TENANT and LATCHKEY_TOKEN.");
  }

  return {
    server,
    tenant,
    token,
    issuer: env.LATCHKEY_ISSUER ?? demo?.issuer ?? `${server}/${tenant}`,
    product: env.GUMROAD_PRODUCT ?? "papers", // the demo sells it for what the buyer wants
    port: Number(env.PORT ?? 3000),
    appUrl: env.APP_URL, // as browsers see this app, without a slash at its end
  };
}

// A demo leaves this note in its data directory, which only you can read, and takes both away when it stops.
function latestDemo() {
  const notes = readdirSync(tmpdir())
    .filter((name) => name.startsWith("latchkey-demo-"))
    .map((name) => join(tmpdir(), name, "demo.json"))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  return notes.length > 0 ? JSON.parse(readFileSync(notes[0].path, "utf8")) : undefined;
}
