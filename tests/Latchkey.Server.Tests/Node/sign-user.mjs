// Runs the line that docs/how-to/user-subjects.md gives for Node.js.
// usage: node sign-user.mjs LINE ID SECRET
import { createRequire } from "node:module";

const [line, id, secret] = process.argv.slice(2);
process.stdout.write(new Function("require", "id", "secret", line + " return signed;")(createRequire(import.meta.url), id, secret));
