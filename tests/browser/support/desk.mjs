// The desk itself, as an operator would start it.
import { binary, start, until } from './child.mjs';

/**
 * Runs `thedesk ARGUMENTS --listen 127.0.0.1:PORT` and waits until it is ready.
 * @param {string[]} args for example ['serve', '--data', folder]
 * @param {{port: number, environment?: Record<string, string>}} options the port from `testbed.port()`
 * @returns {Promise<{url: string, log: () => string, kill: () => Promise<void>, stop: () => Promise<unknown>}>}
 *   `log` is all it has said so far; `kill` is kill -9; `stop` asks it to end and gives the exit code.
 */
export async function startDesk(args, { port, environment = {} }) {
  const url = `http://127.0.0.1:${port}`;
  const running = start(binary('thedesk', 'THEDESK_TEST_BIN'), [...args, '--listen', `127.0.0.1:${port}`], { environment });
  let code;
  running.ended.then((how) => { code = how; });
  const ready = () => fetch(`${url}/readyz`).then((answer) => answer.status === 200, () => false);
  const end = async (signal) => {
    running.child.kill(signal);
    return running.ended;
  };
  try {
    await until(async () => {
      if (code !== undefined) throw new Error(`thedesk ended with ${code}:\n${running.said()}`);
      return ready();
    }, () => `thedesk to be ready; it said:\n${running.said()}`);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return { url, log: running.said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
