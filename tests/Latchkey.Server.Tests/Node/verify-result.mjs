// Verifies a purchase result against a plain JWK set with a JOSE library that is not ours, as an app in another language would.
// usage: node verify-result.mjs JWKS_URL ISSUER AUDIENCE TOKEN   (run where jose is installed)
import { createRequire } from "node:module";

const { createRemoteJWKSet, jwtVerify } = createRequire(process.cwd() + "/")("jose");
const [jwks, issuer, audience, token] = process.argv.slice(2);

try {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks)), { issuer, audience, algorithms: ["EdDSA"], typ: "purchase-result+jwt" });
  console.log(JSON.stringify(payload));
} catch (e) {
  console.log(JSON.stringify({ error: e.code }));
}
