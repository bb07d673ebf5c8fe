// A page in Node.js whose token is for another subject: it is told once, and ends by itself because nothing is left to do.
// usage: node refused.mjs SERVER TENANT SUBJECT TOKEN
const [server, tenant, subject, token] = process.argv.slice(2);
const source = await (await fetch(new URL("/latchkey.js", server))).text();
const { latchkey } = await import("data:text/javascript," + encodeURIComponent(source));
latchkey({ server, tenant, subject, token: () => token, onError: error => console.log("refused: " + error.message) }).onEntitlements(() => {});
