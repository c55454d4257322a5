import type { Api } from '../api.ts';
import type { FromCore } from '../messages.ts';
import { createElectronLogin } from './login.ts';

type Question = Extract<FromCore, { kind: 'ask' }>['what'];

/**
 * Answers what only the main process can know: how long there was no input (seconds), whether the machine runs
 * on its battery, whether its screen is locked, what kinds of content the clipboard offers, and its text. Kinds come before and without any content. What cannot be told is null.
 */
export function createAsk(
  api: Pick<Api, 'app' | 'clipboard' | 'powerMonitor'>,
): (what: Question) => Promise<number | boolean | string | readonly string[] | null> {
  const login = createElectronLogin(api);
  return async (what) => {
    try {
      switch (what) {
        case 'idle-seconds':
          return api.powerMonitor.getSystemIdleTime();
        case 'on-battery':
          return api.powerMonitor.isOnBatteryPower();
        case 'locked':
          return api.powerMonitor.getSystemIdleState(1) === 'locked';
        case 'clipboard-types':
          return (await api.clipboard.read()).flatMap((item) => item.types);
        case 'clipboard-text':
          return await api.clipboard.readText();
        case 'login-read':
          return login.read();
        case 'login-on':
        case 'login-off':
          return login.write(what === 'login-on');
      }
    } catch {
      return null;
    }
  };
}
