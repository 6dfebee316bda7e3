import { Webhook } from 'standardwebhooks';
import { buildRequest } from './delivery-request';
import { generateSecret } from './signature';

describe('buildRequest', () => {
  it('has the contract headers, the stored bytes, and a signature that an independent verifier accepts', () => {
    const secret = generateSecret();
    const body = '{"event":"message.sent","timestamp":"2024-01-01T00:00:00.000Z","data":{"text":"ü\\u0000"}}';
    const now = new Date();
    const request = buildRequest(
      { id: 'id-1', event: 'message.sent', body, endpoint: { url: 'https://x/y' } },
      2,
      [secret],
      now,
    );
    expect(request.url).toBe('https://x/y');
    expect(request.body).toEqual(Buffer.from(body));
    expect(request.headers).toMatchObject({
      'Content-Type': 'application/json',
      'User-Agent': 'ChatbotSaaS-Webhook/1.0',
      'X-Webhook-Event': 'message.sent',
      'X-Webhook-ID': 'id-1',
      'X-Webhook-Attempt': '2',
      'webhook-id': 'id-1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    });
    expect(new Webhook(secret).verify(request.body, request.headers)).toEqual(JSON.parse(body));
  });
});
