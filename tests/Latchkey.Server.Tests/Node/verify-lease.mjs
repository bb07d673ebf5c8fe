// Verifies a lease against a plain JWK set with a JOSE library that is not ours, as an app in another language would.
// usage: node verify-lease.mjs JWKS_URL ISSUER PRODUCT TOKEN   (run where jose is installed)
import { createRequire } from "node:module";

const { createRemoteJWKSet, jwtVerify } = createRequire(process.cwd() + "/")("jose");
const [jwks, issuer, audience, token] = process.argv.slice(2);

try {
  const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks)), {
    issuer, audience, algorithms: ["EdDSA"], typ: "lease+jwt",
  });
  console.log(JSON.stringify({ header: protectedHeader, payload }));
} catch (e) {
  console.log(JSON.stringify({ error: e.code }));
}
