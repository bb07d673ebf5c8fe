const style = `
  :root { color-scheme: light dark; }
  body { max-width: 36rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
  label { display: block; margin: .75rem 0; font-weight: 600; }
  input { display: block; width: 100%; box-sizing: border-box; margin-top: .3rem; padding: .6rem; font: inherit; }
  button { padding: .6rem 1.1rem; font: inherit; font-weight: 600; color: #fff; background: #3b4cca; border: 0; border-radius: .6rem; cursor: pointer; }
  :focus-visible { outline: 3px solid #85879a; outline-offset: 2px; }`;

const encode = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const dollars = (cents) => `$${(cents / 100).toFixed(2)}`;

const page = (title, main) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${encode(title)}</title>
<link rel="icon" href="data:,"><style>${style}</style></head>
<body><main><h1>${encode(title)}</h1>${main}<p><a href="/">To the wall</a></p></main></body></html>`;

const signIn = `<p>This is a sample: any name will do, and nobody asks for a password.</p>
<form method="post" action="/sign-in">
<label>Your name <input name="name" required maxlength="32" pattern="[A-Za-z0-9]+" title="Letters and digits" autocomplete="username"></label>
<button>Sign in</button></form>`;

const buy = (user) => `<p>Signed in as ${encode(user)}.</p>
<form method="post" action="/buy">
<label>Your words <input name="words" required maxlength="200"></label>
<button>Put them on the wall for $5 or more</button></form>`;

export const wall = (user, sheets) =>
  page(
    "The wall",
    `${user ? buy(user) : signIn}<h2>On the wall</h2><ul>${sheets
      .map((s) => `<li>${encode(s.words)} <small>${encode(s.owner)}, ${dollars(s.paidCents)}</small></li>`)
      .join("")}</ul>`,
  );

export const bought = (sheet) =>
  page("It hangs", `<p role="status">Thank you, ${encode(sheet.owner)}: for ${dollars(sheet.paidCents)} the wall says “${encode(sheet.words)}”.</p>`);

const reasons = {
  not_paid: "Gumroad has not told us of a payment yet.",
  expired: "The time to pay is over. Nothing was sold; you may try again.",
  cancelled: "This offer was taken back. Nothing was sold; you may try again.",
  already_used: "This link was used already, for another purchase.",
  refunded: "The payment was refunded.",
  invalid_result: "This address is too old, or not whole. Go back to the page from which you paid.",
  not_yours: "This was bought by another user. Sign in as that user to see it.",
};

export const notBought = (reason) =>
  page(
    "Not bought",
    `<p role="status" data-error="${encode(reason)}">${reasons[reason] ?? "The payment does not fit what was to be sold. The seller looks at it."}</p>`,
  );

export const failed = () => page("Something went wrong", `<p role="status">A payment is not lost. Try again in a moment.</p>`);
