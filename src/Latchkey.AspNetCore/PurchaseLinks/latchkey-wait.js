// What the waiting page runs: keeps what it says true, and goes on to the app when the payment is there.
import { waitForPurchase } from "./latchkey.js";

const OFFER_CHECK_MS = 60_000; // a ping that comes at all is here by then, nearly always
const CHECK_AGAIN_MS = 30_000;

const at = id => document.getElementById(id);
const [checkout, check, back, note] = ["checkout", "check", "back", "note"].map(at);
let offering;

const line = waitForPurchase(location.href, {
  onState({ state, title, text, ended }) {
    document.title = at("title").textContent = title;
    at("text").textContent = text;
    note.textContent = "";
    document.body.dataset.ended = ended;
    checkout.hidden = state !== "open";
    check.hidden ||= state !== "open";
    if (checkout.hidden === false && !checkout.getAttribute("href")) location.reload(); // it was being prepared
    if (state === "redeemed") back.textContent = "Continue";
  },
  onResult({ state, url }) {
    if (state === "redeemed" && url) location.replace(url);
  },
  onError() {
    note.textContent = "The connection is lost. It is tried again; nothing is missed.";
  },
});

async function ask() {
  check.disabled = true;
  setTimeout(() => (check.disabled = false), CHECK_AGAIN_MS);
  note.textContent = "Asking Gumroad…";
  const asked = await line.check().catch(() => null);
  note.textContent = asked === null ? "That did not work. Try again in a moment."
    : asked ? "Gumroad is being asked. This can take a minute."
    : "Gumroad confirms payments by itself, mostly within seconds. This page notices.";
}

// Looks once by itself, and lets the buyer ask from then on.
function offer() {
  offering ??= setTimeout(() => {
    if (document.body.dataset.ended === "true" || checkout.hidden) return;
    check.hidden = false;
    ask();
  }, OFFER_CHECK_MS);
}

check.addEventListener("click", ask);
checkout.addEventListener("click", () => {
  checkout.textContent = "Open the checkout again";
  offer();
});
if (document.body.dataset.opened === "true") offer();
