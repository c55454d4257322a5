import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createEndpointKey } from '../../src/app/endpointKey.ts';
import { folder, startApp } from './platform.ts';

const HERE = 'http://127.0.0.1:8080/v1';
const nowhere = {
  get: async () => Promise.reject(new Error('no keyring')),
  set: async () => Promise.reject(new Error('no keyring')),
};

it('the key lies in the keyring where there is one, else in a 0600 file, and goes to its own origin alone', async () => {
  const data = folder();
  const file = join(data, 'endpoint.key');
  const without = createEndpointKey({ paths: { data }, keyring: nowhere, env: {} });
  expect(await without.place(HERE)).toBe('none');
  expect(await without.keep(HERE, 'sk-made-up')).toBe('file');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await without.of('http://127.0.0.1:8080/other')).toBe('sk-made-up');
  expect(await without.of('http://127.0.0.1:8081/v1')).toBeUndefined();
  expect(await without.of('https://127.0.0.1:8080/v1')).toBeUndefined();

  let held: string | null = null;
  const keyring = { get: async () => held, set: async (secret: string) => void (held = secret) };
  const kept = createEndpointKey({ paths: { data }, keyring, env: {} });
  expect(await kept.keep(HERE, 'sk-second')).toBe('keyring');
  expect(readdirSync(data)).not.toContain('endpoint.key');
  expect(await kept.of(HERE)).toBe('sk-second');
  expect(await kept.keep(HERE, null)).toBe('none');
  expect(held).not.toContain('sk-second');

  const given = createEndpointKey({ paths: { data }, keyring, env: { BEFOREHAND_ENDPOINT_KEY: 'sk-env' } });
  expect(await given.of(HERE)).toBe('sk-env');
  expect(await given.place(HERE)).toBe('environment');
});

it('a test call sends a made-up observation with the key, and says in one sentence what is wrong', async () => {
  const bodies: string[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      bodies.push(body);
      keys.push(request.headers.authorization);
      if (request.headers.authorization !== 'Bearer sk-good') {
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const choices = [{ index: 0, delta: { content: 'A recipe.' }, finish_reason: 'stop' }];
      response.end(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const home = folder();
  const { app } = await startApp(home);
  onTestFinished(() => app.close());
  const { handlers } = app;
  await expect(handlers['models.use']({ alias: 'remote' })).rejects.toThrow('no endpoint is set');
  await expect(handlers['endpoint.test']({ url, model: 'tiny' })).rejects.toThrow('refused the key');
  await handlers['endpoint.keep']({ url, key: 'sk-good' });
  expect(await handlers['endpoint.test']({ url, model: 'tiny' })).toMatchObject({ reply: 'A recipe.' });
  expect(keys).toEqual(['Bearer none', 'Bearer sk-good']);
  expect(bodies.join('')).toContain('how to bake rye bread');
  await handlers['settings.set']({ endpoint: { url, model: 'tiny' } });
  expect(await handlers['models.use']({ alias: 'remote' })).toMatchObject({ model: { use: 'remote' } });
  expect((await handlers['state.get']({})).model).toMatchObject({ alias: 'remote', leaves: false });
  const settings = readdirSync(home).find((name) => name === 'settings.json');
  expect(settings && readFileSync(join(home, settings), 'utf8')).not.toContain('sk-good');
  await expect(
    handlers['settings.set']({ endpoint: { url: 'https://me:word@example.org/v1', model: 'x' } }),
  ).rejects.toThrow('without a name, a password');
  await expect(handlers['endpoint.test']({ url: 'http://127.0.0.1:9/v1', model: 'x' })).rejects.toThrow(
    '127.0.0.1:9 does not answer',
  );
  await expect(
    handlers['models.use']({ alias: 'smollm2-135m', file: join(home, 'settings.json') }),
  ).rejects.toThrow('is not a GGUF file');
  await expect(handlers['models.use']({ alias: 'smollm2-135m', file: 'x.gguf' })).rejects.toThrow(
    'whole path',
  );
  await expect(handlers['models.use']({ alias: 'smollm2-135m', file: home })).rejects.toThrow(
    'is not a file',
  );
  expect(handlers['settings.get']({})).toMatchObject({ model: { use: 'remote', file: null } });
});
