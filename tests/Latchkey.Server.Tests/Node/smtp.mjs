// A real SMTP server on a free port. Refuses the first N mails with 450, then takes them; says both on standard output, a line of JSON each.
// usage: node smtp.mjs N   (run where smtp-server is installed; ends with its standard input)
import { createRequire } from "node:module";

const { SMTPServer } = createRequire(process.cwd() + "/")("smtp-server");
let refusals = Number(process.argv[2]);
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const decoded = (raw) => {
  const at = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, at).replace(/\r\n[ \t]+/g, " ");
  const body = raw.slice(at + 4);
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(headers)?.[1].toLowerCase();
  const bytes = encoding === "base64" ? Buffer.from(body, "base64")
    : encoding === "quoted-printable"
      ? Buffer.from(body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1")
      : Buffer.from(body, "latin1");
  return { headers, text: bytes.toString("utf8") };
};

const server = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  onRcptTo(address, session, done) {
    if (refusals > 0) {
      refusals--;
      say({ refused: address.address });
      done(Object.assign(new Error("Try again later"), { responseCode: 450 }));
    } else {
      done();
    }
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const { headers, text } = decoded(Buffer.concat(parts).toString("latin1"));
      say({ to: session.envelope.rcptTo.map((r) => r.address), headers, text });
      done();
    });
  },
});
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
