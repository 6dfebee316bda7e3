// `node send-once.js URL` sends one webhook and prints the result. Every name leads to 127.0.0.1. For tests of what
// Node reads from the environment of a process: Jest's `process.env` is a copy.
const { Buffer } = require('node:buffer');
require('./register-typescript');
const { HttpSender } = require('../../src/webhooks/delivery/http-sender');
const { compileUrlPolicy } = require('../../src/webhooks/endpoints/url-policy');

const sender = new HttpSender({
  urlPolicy: compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }),
  timeoutMs: 5_000,
  lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
});

sender.send({ url: process.argv[2], headers: { 'User-Agent': 'test' }, body: Buffer.from('{}') }).then((result) => {
  process.stdout.write(JSON.stringify(result));
  sender.close();
});
