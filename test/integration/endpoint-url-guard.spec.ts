import { closeReceivers } from '../support/receivers';
import { recordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

afterEach(closeReceivers);

const create = (url: unknown) => customer.request('post', '/webhook-endpoints', { url });

/** Both ways to save a URL refuse it, and leave everything as it was. */
async function expectRefused(url: unknown, code: string): Promise<void> {
  const { body: existing } = await create('https://hooks.example.com/ok').expect(201);
  const { body: created } = await create(url).expect(400);
  expect(created).toMatchObject({ code, errors: [{ field: 'url' }] });
  const { body: patched } = await customer.request('patch', `/webhook-endpoints/${existing.id}`, { url }).expect(400);
  expect(patched).toMatchObject({ code, errors: [{ field: 'url' }] });
  const { body: list } = await customer.request('get', '/webhook-endpoints').expect(200);
  expect(list).toMatchObject([{ url: 'https://hooks.example.com/ok' }]);
}

describe('a URL that is saved where nothing is opened', () => {
  beforeAll(async () => {
    service = await startService({ delivery: { allowHttp: false, allowedCidrs: [] } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterAll(() => service.stop());

  it.each(['http://hooks.example.com/', 'ftp://hooks.example.com/', 'javascript:alert(1)', 'file:///etc/passwd'])(
    '[webhook 9] must be https: %s',
    (url) => expectRefused(url, 'url_not_allowed'),
  );

  it.each(['https://user@hooks.example.com/', 'https://u:p@hooks.example.com/', 'https://@hooks.example.com/'])(
    '[webhook 10] must have no user name: %s',
    (url) => expectRefused(url, 'url_not_allowed'),
  );

  it.each([
    'https://localhost/',
    'https://LOCALHOST:443/',
    'https://a.localhost/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://hooks.example.com./',
    'https://１２７.０.０.１/',
    'https://ⓔxample.com/',
    'https://exam\u00adple.com/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1%25eth0]/',
    'https://[fe80::1%eth0]/',
    'https://[fd00::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://redis/',
  ])('[webhook 11] must not hide where it leads: %s', (url) => expectRefused(url, 'url_not_allowed'));

  it.each(['https://hooks.example.com/\u0000', 'https://hooks.example.com/\r\nHost: x', ' https://hooks.example.com/'])(
    'must be free of control characters and spaces: %j',
    (url) => expectRefused(url, 'url_not_allowed'),
  );

  it.each([null, 1, {}, ['https://hooks.example.com/']])('must be a text: %j', (url) =>
    expectRefused(url, 'invalid_request'),
  );

  it('[webhook 9] is stored as it will be requested', async () => {
    const { body } = await create('HTTPS://Hooks.Example.COM:443/a/../b?q=ä').expect(201);
    expect(body.url).toBe('https://hooks.example.com/b?q=%C3%A4');
  });
});

describe('a URL that is saved where private networks are opened', () => {
  beforeAll(async () => {
    service = await startService({
      delivery: { allowHttp: true, allowedCidrs: ['127.0.0.0/8', '10.0.0.0/8', '169.254.0.0/16', 'fd00::/8'] },
    });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterAll(() => service.stop());

  it('[webhook 9] may be http, where that is allowed', async () => {
    await create('http://hooks.example.com/').expect(201);
  });

  it('[webhook 20] may lead into the opened blocks, and nowhere beside them', async () => {
    for (const url of ['http://10.1.2.3/', 'http://127.0.0.1:9/', 'https://[fd00::1]/']) await create(url).expect(201);
    for (const url of ['http://192.168.0.1/', 'http://172.16.0.1/', 'http://0.0.0.0/', 'https://[fe80::1]/']) {
      expect((await create(url).expect(400)).body.code).toBe('url_not_allowed');
    }
  });

  it.each([
    'http://169.254.169.254/',
    'http://169.254.170.2/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://2852039166/',
  ])('[webhook 19] never leads to a metadata service: %s', (url) => expectRefused(url, 'url_not_allowed'));

  it('[webhook 19] is checked again at the delivery: a row changed past the API goes nowhere', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    const attempt = async (url: string) => {
      await service.sql('UPDATE webhooks."WebhookEndpoint" SET url = $2 WHERE id = $1', id, url);
      const { eventIds } = await customer.emit();
      return waitFor('an attempt', async () => (await service.event(eventIds[0]!)).lastError);
    };
    expect(await attempt('http://169.254.169.254/latest/')).toBe('address 169.254.169.254 is not allowed');
    expect(await attempt('http://192.168.0.1/')).toBe('address 192.168.0.1 is not allowed');
    expect(await attempt('http://2130706433/')).toMatch(/must be written plainly/);
    expect(receiver.requests).toHaveLength(0);
  });
});
