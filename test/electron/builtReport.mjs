// Starts the built main process over the fake and prints, as JSON, what it passed to Electron and how it behaves.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const fake = globalThis.fakeElectron;
const out = process.argv[2];
await import(pathToFileURL(join(out, 'main', 'main.js')).href);

const windows = fake.windows;
const [first] = windows;
const contents = first.webContents;
const prevented = (target, name, details = {}) => {
  let stopped = false;
  target.emit(name, { url: 'https://evil.example/', ...details, preventDefault: () => (stopped = true) });
  return stopped;
};
const ask = (permission, origin) => {
  const answers = [];
  fake.permissions.request(contents, permission, (allowed) => answers.push(allowed), {
    requestingUrl: `${origin}/`,
  });
  return [...answers, fake.permissions.check(contents, permission, origin)];
};
const fetched = (url) => {
  let answer;
  fake.permissions.fetch({ url }, ({ cancel }) => (answer = cancel));
  return answer;
};
const page = await fake.page('app://beforehand/');
const send = (event, id) =>
  contents.ipc.emit('beforehand', event, { id, channel: 'settings.get', input: {} });
const answers = (id) => contents.sent.filter(([, each]) => each.id === id && 'output' in each).length;

// The core of the build runs too: ask until it is there.
let id = 100;
for (let n = 0; n < 400 && answers(id) === 0; n++) {
  id += 1;
  send({ sender: contents, senderFrame: contents.mainFrame }, id);
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (answers(id) > 0) break;
}
const ours = answers(id);
send({ sender: contents, senderFrame: null }, 1);
send({ sender: contents, senderFrame: { url: 'app://beforehand/' } }, 2);
const { url } = contents.mainFrame;
contents.mainFrame.url = 'https://evil.example/';
send({ sender: contents, senderFrame: contents.mainFrame }, 3);
contents.mainFrame.url = url;
await new Promise((resolve) => setTimeout(resolve, 300));

const report = {
  windows: windows.map((each) => each.options.webPreferences),
  loads: fake.log.filter((each) => each.startsWith('load ')),
  sandbox: fake.log.includes('sandbox'),
  schemes: fake.log.filter((each) => each.startsWith('scheme [')).map((each) => JSON.parse(each.slice(7))),
  handled: fake.log.filter((each) => each.startsWith('handle ')),
  windowOpen: windows.map((each) => each.webContents.windowOpen().action),
  stopped: Object.fromEntries(
    ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'].map((name) => [
      name,
      windows.every((each) => prevented(each.webContents, name)),
    ]),
  ),
  download: prevented(fake.session, 'will-download'),
  permissions: Object.fromEntries(
    [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'pointerLock',
      'fullscreen',
      'openExternal',
      'clipboard-read',
      'hid',
      'serial',
      'usb',
      'idle-detection',
      'storage-access',
      'unknown',
    ].map((each) => [each, ask(each, 'app://beforehand')]),
  ),
  copyElsewhere: ask('clipboard-sanitized-write', 'https://evil.example'),
  device: fake.permissions.device({}),
  fetches: Object.fromEntries(
    [
      'app://beforehand/',
      'https://example.org/',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'ws://example.org/',
      'app://beforehand.evil/',
    ].map((each) => [each, fetched(each)]),
  ),
  page: { status: page.status, headers: Object.fromEntries(page.headers), html: await page.text() },
  messages: { ours, none: answers(1), copied: answers(2), elsewhere: answers(3) },
};
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
