import { HttpSender } from '../../src/webhooks/delivery/http-sender';
import { compileUrlPolicy } from '../../src/webhooks/endpoints/url-policy';

/**
 * `node -r register-typescript.js send-once.ts URL` sends one webhook and prints the result. Every name leads to
 * 127.0.0.1. For tests of what Node reads from the environment of a process: Jest's `process.env` is a copy.
 */
async function main(url: string): Promise<void> {
  const sender = new HttpSender({
    urlPolicy: compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }),
    timeoutMs: 5_000,
    lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  const result = await sender.send({ url, headers: { 'User-Agent': 'test' }, body: Buffer.from('{}') });
  process.stdout.write(JSON.stringify(result));
  sender.close();
}

void main(process.argv[2] ?? '');
