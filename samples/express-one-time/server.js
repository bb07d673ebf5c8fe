// A wall that takes one sheet of paper for each payment: user, words and money come back together.
import { randomUUID } from "node:crypto";
import express from "express";
import { Latchkey } from "./latchkey.js";
import { Orders } from "./orders.js";
import * as pages from "./pages.js";
import { readSettings } from "./settings.js";

const settings = readSettings();
const latchkey = new Latchkey(settings);
const orders = new Orders();
const sheets = [];
const sessions = new Map(); // yours come from your session store
let { appUrl } = settings;

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use((req, res, next) => {
  req.user = sessions.get(req.headers.cookie?.match(/(?:^|; )wall=([^;]+)/)?.[1]);
  next();
});

app.get("/", (req, res) => res.send(pages.wall(req.user, sheets)));

// This is a sample: it believes every name. Yours asks for a password, and its users have ids.
app.post("/sign-in", (req, res) => {
  const name = String(req.body?.name ?? "").trim().toLowerCase();
  if (!/^[a-z0-9]{1,32}$/.test(name)) return res.status(400).send("A name is 1 to 32 letters and digits.");
  const session = randomUUID();
  sessions.set(session, name);
  res.cookie("wall", session, { httpOnly: true, sameSite: "lax" }).redirect(303, "/");
});

app.post("/buy", async (req, res) => {
  const words = String(req.body?.words ?? "").trim();
  if (!req.user || words.length < 1 || words.length > 200) return res.redirect(303, "/");
  const link = await latchkey.makeLink({
    gumroad_product: settings.product,
    min_price_usd_cents: 500,
    subject: `user:${req.user}`,
    data: { words },
    return_url: `${appUrl}/bought`,
  });
  res.redirect(303, link.wait_url);
});

app.get("/bought", async (req, res) => {
  res.set({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" });
  const result = await latchkey.verify(req.query.latchkey_result, new URL(appUrl).origin);
  if (!result) return res.status(400).send(pages.notBought("invalid_result"));
  if (result.state !== "redeemed" || result.reason) return res.send(pages.notBought(result.reason));
  const sheet = await complete(result.link, result.jti); // whoever brings it: it is paid, and its owner stands in the link
  if (!sheet) return res.status(400).send(pages.notBought("invalid_result")); // it was bought elsewhere
  if (result.sub !== `user:${req.user}`) return res.status(403).send(pages.notBought("not_yours"));
  res.send(pages.bought(sheet));
});

app.use((error, req, res, next) => {
  console.error(error.message);
  if (res.headersSent) return next(error);
  res.status(502).send(pages.failed());
});

/** The one place where a purchase is completed, once, whether its user comes back first or its event arrives first. */
function complete(id, key) {
  return orders.once(key, async () => {
    const link = await latchkey.link(id);
    if (link.return_url !== `${appUrl}/bought`) return undefined; // another app of the same seller's
    const { sales } = await latchkey.purchase(link.purchase);
    const sheet = { words: link.data.words, owner: link.subject.slice("user:".length), paidCents: sales[0].price_usd_cents };
    sheets.push(sheet);
    return sheet;
  });
}

const listening = app.listen(settings.port, "127.0.0.1", (error) => {
  if (error) throw error;
  appUrl ??= `http://127.0.0.1:${listening.address().port}`;
  console.log(`The wall is at ${appUrl}/`);
  latchkey.listen(orders.position, ({ id, detail }) => complete(detail, id));
});
