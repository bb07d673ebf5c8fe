// Settings: PORT, WORKERS (processes), and pg's own: PGHOST, PGPORT, PGUSER, PGDATABASE; POOL connections for each worker.
import cluster from "node:cluster";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import express from "express";
import pg from "pg";

const workers = Number(process.env.WORKERS);

if (cluster.isPrimary && workers > 1) {
  for (let i = 0; i < workers; i++) cluster.fork();
  process.once("SIGTERM", () => Object.values(cluster.workers).forEach((worker) => worker.process.kill("SIGTERM")));
} else {
  serve();
}

function serve() {
  const pool = new pg.Pool({ max: Number(process.env.POOL) });
  const statement = (name) => ({ name, text: readFileSync(new URL(`../${name}.sql`, import.meta.url), "utf8") });
  const store = statement("ping");
  const storeAndHandle = statement("handled");

  // A named statement is prepared once on each connection. The 200 follows its commit.
  const answer = async (response, { name, text }, values) => {
    const { rows: [{ id, repeats }] } = await pool.query({ name, text, values });
    response.json({ received: true, duplicate: repeats > 0, id });
  };
  const ping = ({ params, body }) => [newId(), params.tenant, new Date(), createHash("sha256").update(body).digest(), body];
  const sale = ({ body }) => {
    const form = new URLSearchParams(body.toString());
    return [
      form.get("sale_id"), form.get("product_permalink"), form.get("email"), form.get("price"),
      form.get("refunded") === "true", form.get("variants[Version]") ?? "", form.get("license_key") ?? "",
    ];
  };

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.get("/health/ready", (request, response) => response.sendStatus(200));
  app.use(express.raw({ type: () => true, limit: "1mb" }));
  app.post("/webhook/:tenant", (request, response) => answer(response, store, ping(request)));
  app.post("/fair/:tenant", (request, response) => answer(response, storeAndHandle, [...ping(request), ...sale(request)]));

  const server = app.listen(Number(process.env.PORT), "127.0.0.1");
  process.once("SIGTERM", () => {
    server.close(() => pool.end().then(() => process.exit(0)));
    server.closeAllConnections();
  });
}

// A UUID of version 7: ids that grow keep their index small and warm.
function newId() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex");
}
