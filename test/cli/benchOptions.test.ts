import { expect, it } from 'vitest';
import { commandLine } from '../../src/cli/bench/options.ts';
import { checkModelOptions } from '../../src/cli/bench/models.ts';
import { openEndpoint } from '../../src/cli/openModel.ts';

it('the command in the results holds no folder, whichever way an option is written', () => {
  const words = ['bench', 'need', '--data', '/home/ada/data', '--adapter=/home/ada/x.gguf', '--seed=3'];
  expect(commandLine(words)).toBe('beforehand bench need --data data --adapter=x.gguf --seed=3');
  expect(commandLine(['--data', 'C:\\Users\\ada\\data'])).toBe('beforehand --data data');
  expect(commandLine(['--endpoint=http://127.0.0.1:8080/v1'])).toBe(
    'beforehand --endpoint=http://127.0.0.1:8080/v1',
  );
});

it('a command of hundreds of archives still fits its row', () => {
  const line = commandLine(['study', 'report', ...Array<string>(600).fill('p-001')]);
  expect([line.length, line.endsWith(' …')]).toEqual([2000, true]);
});

it('a model option that would be passed over is wrong usage', () => {
  for (const options of [
    { endpoint: 'http://a' },
    { endpointModel: 'a' },
    { adapter: 'x.gguf' },
    { adapter: 'x.gguf', endpoint: 'http://a', endpointModel: 'a' },
  ])
    expect(() => checkModelOptions(options), JSON.stringify(options)).toThrow(
      /name (?:both|it with --model)/,
    );
  expect(() => checkModelOptions({ model: 'a', adapter: 'x.gguf' })).not.toThrow();
});

it('an endpoint takes no key in its address, and the refusal does not repeat it', async () => {
  for (const url of ['http://ada:secret@host/v1', 'http://host/v1?key=secret', 'http://host/v1#secret']) {
    const refused = await openEndpoint(url, 'm').catch((thrown: Error) => thrown);
    expect(refused).toMatchObject({ code: 'usage' });
    expect((refused as Error).message).not.toContain('secret');
  }
  await (await openEndpoint('http://127.0.0.1:1/v1', 'm')).close();
  await expect(openEndpoint('file:///etc/passwd', 'm')).rejects.toMatchObject({ code: 'usage' });
});
