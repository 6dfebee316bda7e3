// A customer's receiver: verifies every webhook, and does its work once per id.
const { createServer } = require('node:http');
const { verifySignature } = require('webhooks-module/verify');

const { WEBHOOK_SECRET: secret, PORT: port = '9000' } = process.env;
if (!secret) {
  console.error('Set WEBHOOK_SECRET to the "secret" of the endpoint (whsec_…).');
  process.exit(1);
}

const MAX_BYTES = 1_000_000;
/** Ids that were done. A real receiver keeps them in its database: one unique column, written with the work itself. */
const done = new Set();
const MAX_REMEMBERED = 100_000;

/** What a webhook is for. @throws when it could not be done: then it is sent again */
function handle({ event, data }) {
  console.log(`${event}: ${JSON.stringify(data)}`);
}

/** The status that a webhook is answered with. */
function accept(headers, body) {
  // The bytes as they came: parsed and written again, they would not match.
  const verified = verifySignature({ headers, body, secrets: [secret] });
  if (!verified.ok) {
    console.log(`refused: ${verified.code}`);
    return 401;
  }
  if (done.has(verified.id)) {
    console.log(`again, and ignored: ${verified.id}`);
    return 200;
  }
  handle(JSON.parse(body.toString()));
  done.add(verified.id);
  if (done.size > MAX_REMEMBERED) done.delete(done.values().next().value);
  return 200;
}

async function read(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  try {
    response.writeHead(accept(request.headers, await read(request))).end();
  } catch (error) {
    // Anything but 2xx: it is tried again.
    console.error(error);
    response.writeHead(500).end();
  }
});

server.listen(Number(port), '127.0.0.1', () => {
  console.log(`The receiver is ready at http://127.0.0.1:${server.address().port}/`);
});
