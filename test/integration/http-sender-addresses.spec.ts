import type { LookupAddress } from 'node:dns';
import { HttpSender } from '../../src/webhooks/delivery/http-sender';
import type { HttpSenderOptions } from '../../src/webhooks/delivery/http-sender';
import type { ResolveAll } from '../../src/webhooks/delivery/vetted-lookup';
import { compileUrlPolicy } from '../../src/webhooks/endpoints/url-policy';
import { closeReceivers, receive } from '../support/receivers';
import type { Receiver } from '../support/receivers';

// 127.0.0.0/8 stands in for the public internet here; everything else private stays blocked.
const urlPolicy = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] });
const headers = { 'Content-Type': 'application/json', 'User-Agent': 'test' };
const body = Buffer.from('{}');

const senders: HttpSender[] = [];

function sendTo(url: string, options: Partial<HttpSenderOptions> = {}) {
  const sender = new HttpSender({ urlPolicy, timeoutMs: 2_000, ...options });
  senders.push(sender);
  return sender.send({ url, headers, body });
}

/** Names resolve to these addresses, the first lookup to the first list and so on; the last one stays. */
function resolving(...answers: string[][]): { lookup: ResolveAll; names: string[] } {
  const names: string[] = [];
  const lookup: ResolveAll = (name, _options, callback) => {
    names.push(name);
    const addresses = answers[Math.min(names.length, answers.length) - 1] ?? [];
    setImmediate(
      callback,
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, names };
}

const ok = () => receive((request, response) => request.resume().on('end', () => response.end(request.headers.host)));
const named = (receiver: Receiver) => `http://receiver.example:${receiver.port}/`;

afterEach(async () => {
  senders.splice(0).forEach((sender) => sender.close());
  await closeReceivers();
});

it.each([
  ['http://10.0.0.1/', 'address 10.0.0.1 is not allowed'],
  ['http://169.254.169.254/latest/meta-data', 'address 169.254.169.254 is not allowed'],
  ['http://[::1]/', 'address ::1 is not allowed'],
  ['http://[::ffff:127.0.0.1]/', 'address ::ffff:7f00:1 is not allowed'],
])('[webhook 13] [webhook 14] refuses the literal address in %s without a connection', async (url, error) => {
  const { lookup, names } = resolving(['127.0.0.1']);
  expect(await sendTo(url, { lookup })).toMatchObject({ statusCode: null, error, errorCode: 'address-blocked' });
  expect(names).toEqual([]);
});

it.each(['ftp://127.0.0.1/', 'http://u:p@127.0.0.1/', 'http://2130706433/', 'not a URL', ''])(
  '[webhook 9] [webhook 10] [webhook 11] checks the URL again: %j',
  async (url) => expect(await sendTo(url)).toMatchObject({ statusCode: null, errorCode: 'url-not-allowed' }),
);

it('[webhook 9] refuses http when it is not allowed any more', async () => {
  const strict = compileUrlPolicy({ allowHttp: false, allowedCidrs: ['127.0.0.0/8'] });
  const receiver = await ok();
  const result = await sendTo(`http://127.0.0.1:${receiver.port}/`, { urlPolicy: strict });
  expect(result).toMatchObject({ error: 'only https URLs are allowed', errorCode: 'url-not-allowed' });
});

it.each([[['10.0.0.1']], [['::ffff:127.0.0.1']], [['fd00::1']], [['169.254.169.254']]])(
  '[webhook 13] [webhook 14] [webhook 19] refuses a name that leads to %s',
  async (addresses) => {
    const receiver = await ok();
    const result = await sendTo(named(receiver), resolving(addresses));
    expect(result).toMatchObject({ error: `address ${addresses[0]} is not allowed`, errorCode: 'address-blocked' });
    expect(receiver.connections).toHaveLength(0);
  },
);

it.each([[['127.0.0.1', '10.0.0.1']], [['10.0.0.1', '127.0.0.1']], [['127.0.0.1', '::1']]])(
  '[webhook 15] refuses the mixed answer %j',
  async (addresses) => {
    const receiver = await ok();
    expect(await sendTo(named(receiver), resolving(addresses))).toMatchObject({ errorCode: 'address-blocked' });
    expect(receiver.connections).toHaveLength(0);
  },
);

it('[webhook 16] connects to the address that was vetted, with one lookup, and keeps the Host header', async () => {
  const receiver = await ok();
  const { lookup, names } = resolving(['127.0.0.1'], ['10.0.0.1']);
  const result = await sendTo(named(receiver), { lookup });
  expect(result).toMatchObject({ statusCode: 200, responseBody: `receiver.example:${receiver.port}` });
  expect(names).toEqual(['receiver.example']);
  expect(receiver.connections[0]?.localAddress).toBe('127.0.0.1');
});

it('[webhook 16] [webhook 17] uses a vetted connection again, and vets anew once it is gone', async () => {
  const receiver = await ok();
  const { lookup, names } = resolving(['127.0.0.1'], ['10.0.0.1']);
  const sender = new HttpSender({ urlPolicy, timeoutMs: 2_000, lookup });
  senders.push(sender);
  const again = () => sender.send({ url: named(receiver), headers, body });
  expect(await again()).toMatchObject({ statusCode: 200 });
  expect(await again()).toMatchObject({ statusCode: 200 });
  expect(names).toHaveLength(1);
  const gone = new Promise((resolve) => receiver.connections[0]?.on('close', resolve));
  receiver.connections[0]?.end();
  await gone;
  expect(await again()).toMatchObject({ statusCode: null, errorCode: 'address-blocked' });
  expect([names.length, receiver.connections.length]).toEqual([2, 1]);
});

it('[webhook 17] does not use the connection of one name for another', async () => {
  const receiver = await ok();
  const { lookup } = resolving(['127.0.0.1'], ['10.0.0.1']);
  const sender = new HttpSender({ urlPolicy, timeoutMs: 2_000, lookup });
  senders.push(sender);
  expect(await sender.send({ url: named(receiver), headers, body })).toMatchObject({ statusCode: 200 });
  const other = await sender.send({ url: `http://other.example:${receiver.port}/`, headers, body });
  expect(other).toMatchObject({ errorCode: 'address-blocked' });
});

it('tries the next vetted address when one does not answer', async () => {
  const receiver = await ok();
  // Nothing listens on 127.0.0.2: the receivers are bound to 127.0.0.1.
  expect(await sendTo(named(receiver), resolving(['127.0.0.2', '127.0.0.1']))).toMatchObject({ statusCode: 200 });
});

it('resolves localhost with the system, where its addresses are allowed', async () => {
  const receiver = await ok();
  const development = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8', '::1/128'] });
  const result = await sendTo(`http://localhost:${receiver.port}/`, { urlPolicy: development });
  expect(result).toMatchObject({ statusCode: 200 });
});

it('reports names that do not resolve', async () => {
  const failing =
    (code: string): ResolveAll =>
    (_name, _options, callback) =>
      callback(Object.assign(new Error(code), { code }), []);
  const url = 'http://receiver.example/';
  expect(await sendTo(url, { lookup: failing('ENOTFOUND') })).toMatchObject({
    error: 'host not found',
    errorCode: 'dns',
  });
  expect(await sendTo(url, { lookup: failing('EAI_AGAIN') })).toMatchObject({ errorCode: 'dns' });
  expect(await sendTo(url, resolving([]))).toMatchObject({ error: 'host not found', errorCode: 'dns' });
});

it('[webhook 22] counts the name lookup into the deadline', async () => {
  const result = await sendTo('http://receiver.example/', { lookup: () => undefined, timeoutMs: 100 });
  expect(result).toMatchObject({ error: 'timed out after 100 ms', errorCode: 'timeout' });
});

it('judges URLs the same way when it has seen more than it remembers', async () => {
  const sender = new HttpSender({ urlPolicy });
  senders.push(sender);
  const blocked = { error: 'address 10.0.0.1 is not allowed', errorCode: 'address-blocked' };
  for (let i = 0; i <= 1_001; i += 1) {
    expect(await sender.send({ url: `http://10.0.0.1/${i}`, headers, body })).toMatchObject(blocked);
  }
});
