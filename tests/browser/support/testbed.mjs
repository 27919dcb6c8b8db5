// The servers that a journey needs (Exim, Dovecot, PostgreSQL), started by the Rust program `testbed`.
import { createInterface } from 'node:readline';
import { binary, start, until, START } from './child.mjs';

/** The engines to run a journey on; THEDESK_TEST_ENGINES=sqlite keeps it to one. */
export const engines = (process.env.THEDESK_TEST_ENGINES ?? 'sqlite,postgres').split(',');

/**
 * Starts the testbed and waits until all of it answers.
 * @param {{engine?: 'sqlite'|'postgres', mail?: boolean, demo?: boolean}} options
 * @returns {Promise<Testbed>}
 */
export async function startTestbed({ engine = 'sqlite', mail = true, demo = false } = {}) {
  const args = ['--engine', engine, ...(mail ? [] : ['--no-mail']), ...(demo ? ['--demo'] : [])];
  const running = start(binary('testbed', 'TESTBED_BIN'), args, { stdin: 'pipe' });
  const waiting = [];
  const next = () => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  const ready = next();
  createInterface({ input: running.child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  running.ended.then((code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`testbed ended with ${code}:\n${running.said()}`));
  });
  return new Testbed(running, next, await ready);
}

class Testbed {
  #running;
  #next;
  #ports;

  constructor(running, next, places) {
    this.#running = running;
    this.#next = next;
    this.#ports = [...places.ports];
    /** Where everything is, as the testbed's first line says it (`testbed --help`). */
    this.places = places;
  }

  /** A port that nobody else takes; there are three. */
  port() {
    const port = this.#ports.shift();
    if (!port) throw new Error('the testbed reserves three ports, and all are taken');
    return port;
  }

  /** Lays a message into a mailbox, as it is (lines end with CRLF if you write them so). */
  async deliver(to, raw) {
    await this.#order({ deliver: { to, raw } });
  }

  /** The letters in a mailbox, oldest first: {subject, from, text, html, links, message_id, headers, raw}. */
  async letters(mailbox) {
    return (await this.#order({ list: { mailbox } })).letters;
  }

  /** Waits for the first letter that satisfies `wanted`. */
  async waitForMail(mailbox, wanted = () => true, atMost = START) {
    const what = async () =>
      `a letter to ${mailbox}; there are: ${(await this.letters(mailbox)).map((one) => one.subject).join(' | ') || 'none'}`;
    return until(async () => (await this.letters(mailbox)).find(wanted), what, atMost);
  }

  /** Kills Exim, or starts it again: 'kill' or 'start'. */
  async smtp(what) {
    await this.#order({ smtp: what });
  }

  /** Ends all servers. */
  async stop() {
    this.#running.child.stdin.end();
    const code = await this.#running.ended;
    if (code !== 0) throw new Error(`testbed ended with ${code}:\n${this.#running.said()}`);
  }

  async #order(order) {
    const answer = this.#next();
    this.#running.child.stdin.write(`${JSON.stringify(order)}\n`);
    const said = await answer;
    if (said.error) throw new Error(said.error);
    return said;
  }
}
