// A browser whose every page is looked at: accessibility, both themes, both widths, a picture of each.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 812 };
const THEMES = ['light', 'dark'];

/** Without these Chromium tries to reach its maker's servers at every start. */
const ARGUMENTS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/**
 * Opens Chromium for one journey; pictures go to `.out/JOURNEY/`.
 * @param {string} journey a short name for a folder
 */
export async function openBrowser(journey) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS }).catch((error) => {
    throw new Error(`Chromium did not start (apt-get install chromium): ${error.message}`);
  });
  return new Browser(browser, path.resolve(here, '../.out', journey));
}

class Browser {
  #browser;
  #folder;
  #people = [];

  constructor(browser, folder) {
    this.#browser = browser;
    this.#folder = folder;
  }

  /**
   * A person with cookies of their own.
   * @param {string} name for messages
   * @param {import('playwright-core').BrowserContextOptions} options such as {javaScriptEnabled: false, locale: 'de-DE'}
   */
  async person(name, options = {}) {
    const context = await this.#browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', locale: 'en-GB', ...options });
    const person = new Person(name, await context.newPage(), this.#folder, options.javaScriptEnabled !== false);
    this.#people.push(person);
    return person;
  }

  /** Closes everything, and fails if any page complained. */
  async close() {
    await this.#browser.close();
    const complaints = this.#people.flatMap((person) => person.complaints());
    if (complaints.length > 0) throw new Error(`pages complained:\n${complaints.join('\n')}`);
  }
}

class Person {
  #name;
  #folder;
  #scripted;
  #complaints = [];
  #expected = [];

  constructor(name, page, folder, scripted) {
    this.#name = name;
    this.#folder = folder;
    this.#scripted = scripted;
    /** Playwright's page: `person.page.getByRole(..)`. */
    this.page = page;
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.#complain(`error in a script: ${error.message}`));
    page.on('console', (message) => {
      // A page that answers 404 or 422 is no mistake of the page; its parts are checked below.
      const status = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !status) this.#complain(`console: ${message.text()}`);
    });
    page.on('response', (response) => {
      const part = !['document', 'fetch', 'xhr', 'eventsource'].includes(response.request().resourceType());
      if (response.status() >= (part ? 400 : 500)) this.#complain(`${response.status()} from ${response.url()}`);
    });
  }

  /** Lets complaints that match pass, from now on: for the journeys that break something on purpose. */
  expects(pattern) {
    this.#expected.push(pattern);
  }

  complaints() {
    return this.#complaints;
  }

  /** Opens an address and looks at the page; `name` is for its pictures. */
  async visit(url, name) {
    const response = await this.page.goto(url);
    await this.look(name);
    return response;
  }

  /**
   * Looks at the page as it is now, at both widths and in both themes: axe, no sideways scrolling, and a picture
   * `.out/JOURNEY/NAME-WIDTH-THEME.png`. Fails with a list that can be read.
   */
  async look(name) {
    await mkdir(this.#folder, { recursive: true });
    const found = [];
    for (const size of [WIDE, PHONE]) {
      for (const theme of THEMES) {
        await this.page.setViewportSize(size);
        await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        if (this.#scripted) {
          await this.page.evaluate(settled);
          const seen = await this.#check();
          found.push(...seen.map((one) => `${name} at ${size.width} px, ${theme}: ${one}`));
        }
        const picture = path.join(this.#folder, `${name}-${size.width}-${theme}.png`);
        await this.page.screenshot({ path: picture, fullPage: true });
      }
    }
    await this.page.setViewportSize(WIDE);
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    if (found.length > 0) throw new Error(`${found.length} things are wrong on ${this.page.url()}:\n${found.join('\n')}`);
  }

  async #check() {
    // Through the debugger, so that the page's content security policy stays in force and still lets this in.
    await this.page.evaluate(`window.axe ?? (() => { ${axe} })()`);
    return this.page.evaluate(async () => {
      const options = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };
      const { violations } = await window.axe.run(document, options);
      const seen = violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${rule.help}\n    ${node.target.join(' ')}\n    ${node.html.slice(0, 160)}\n    ${(node.failureSummary ?? '').replaceAll('\n', '\n    ')}`));
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth) seen.push(`the page is ${scrollWidth} px wide and scrolls sideways`);
      return seen;
    });
  }

  #complain(what) {
    if (!this.#expected.some((pattern) => what.match(pattern))) this.#complaints.push(`${this.#name} on ${this.page.url()}: ${what}`);
  }
}

/** Runs in the page: fonts are there, and every animation that ends has ended. */
async function settled() {
  await document.fonts.ready;
  const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
  await Promise.all(ending.map((one) => one.finished.catch(() => {})));
}
