// A child for tests: echoes what it gets, or crashes.
import { childPort } from '../../electron/childPort.ts';

const port = await childPort();
port.onMessage((message) => {
  if (message === 'crash') process.exit(3);
  port.send({ echo: message });
});
