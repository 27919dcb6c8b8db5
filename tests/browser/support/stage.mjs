// What a journey stands on: servers, a folder, a desk and a browser, all gone again however it ends.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { binary } from './child.mjs';
import { startDesk } from './desk.mjs';
import { startTestbed } from './testbed.mjs';

/** The password of whoever works at a desk on a stage. */
export const PASSWORD = 'a sentence for testing';

/**
 * Plays a story on a stage of its own.
 * @param {string} journey a short name for folders
 * @param {{engine?: 'sqlite'|'postgres', mail?: boolean}} options which servers it needs
 * @param {(stage: Stage) => Promise<void>} story
 */
export async function onStage(journey, { engine = 'sqlite', mail = false }, story) {
  const testbed = await startTestbed({ engine, mail });
  const data = mkdtempSync(join(tmpdir(), `thedesk-${journey}-`));
  const browser = await openBrowser(journey);
  const stage = new Stage(testbed, data, browser, engine);
  try {
    await story(stage);
  } catch (error) {
    console.error(stage.desk?.log());
    throw error;
  } finally {
    await browser.close();
    await stage.desk?.stop();
    await testbed.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

class Stage {
  #where;

  constructor(testbed, data, browser, engine) {
    this.testbed = testbed;
    this.data = data;
    this.browser = browser;
    this.#where = ['--data', data, ...(engine === 'postgres' ? ['--database-url', testbed.places.postgres] : [])];
    this.port = testbed.port();
    /** Where the desk will be. */
    this.url = `http://127.0.0.1:${this.port}`;
  }

  /** Writes thedesk.toml. */
  configure(text) {
    writeFileSync(join(this.data, 'thedesk.toml'), text);
  }

  /** Runs a command of the desk on its folder. */
  run(args, input) {
    return execFileSync(binary('thedesk', 'THEDESK_TEST_BIN'), [...args, ...this.#where], { input, stdio: ['pipe', 'pipe', 'inherit'] });
  }

  /** Makes an account, with the password above. */
  employ(email, name, roles, team) {
    const inTeam = team ? ['--team', team] : [];
    this.run(['user', 'add', email, '--name', name, '--roles', roles, ...inTeam, '--password-stdin'], PASSWORD);
  }

  /** Starts the desk, or stops it and starts it again. `args` is its command: serve without. */
  async open(args = ['serve', ...this.#where]) {
    await this.desk?.stop();
    this.desk = undefined;
    this.desk = await startDesk(args, { port: this.port });
    return this.desk;
  }

  /** Somebody with an account, signed in and at the address `next`. */
  async agent(email, next = '/desk') {
    const person = await this.browser.person(email.split('@')[0]);
    await this.signIn(person, email, next);
    return person;
  }

  /** Signs a person in with the password above. */
  async signIn(person, email, next = '/desk') {
    const { page } = person;
    await page.goto(`${this.url}/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByText('I work here and have a password').click();
    await page.locator('#staff-email').fill(email);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#password').press('Enter');
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  }
}
