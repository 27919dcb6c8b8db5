// Ugly mails, as agents see them: every mail of crates/channels/tests/ugly comes in through the pipe, and its ticket is
// looked at in both widths and themes. What must hold is checked; whether it is fair to look at, people see in .out/ugly.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './support/browser.mjs';
import { binary } from './support/child.mjs';
import { startDesk } from './support/desk.mjs';
import { startTestbed } from './support/testbed.mjs';

const mails = join(dirname(fileURLToPath(import.meta.url)), '../../crates/channels/tests/ugly');
const EMAIL = 'noor@desk.example';
const PASSWORD = 'a sentence for testing';

test('ugly mails can be read, and look like something', { timeout: 300_000 }, async () => {
  const testbed = await startTestbed({ mail: false });
  const folder = mkdtempSync(join(tmpdir(), 'thedesk-ugly-'));
  const port = testbed.port();
  writeFileSync(join(folder, 'thedesk.toml'), `base_url = "http://127.0.0.1:${port}"\n[[mail.accounts]]\naddress = "it@desk.example"\n`);
  const where = ['--data', folder];
  const run = (args, input) => execFileSync(binary('thedesk', 'THEDESK_TEST_BIN'), [...args, ...where], { input });
  run(['user', 'add', EMAIL, '--name', 'Noor Haddad', '--roles', 'agent', '--password-stdin'], PASSWORD);
  const names = readdirSync(mails).filter((name) => name.endsWith('.eml')).sort();
  for (const name of names) run(['mail', 'pipe'], readFileSync(join(mails, name)));
  const desk = await startDesk(['serve', ...where], { port });
  const browser = await openBrowser('ugly');
  try {
    const agent = await browser.person('noor');
    const { page } = agent;
    await page.goto(`${desk.url}/sign-in?next=/desk%3Fview%3Dnobodys`);
    await page.getByText('I work here and have a password').click();
    await page.locator('#staff-email').fill(EMAIL);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#password').press('Enter');
    await page.locator('a[data-row]').first().waitFor();
    const links = await page.locator('a[data-row]').evaluateAll((all) => all.map((row) => row.href));
    // A bounce of no letter of ours opens nothing.
    assert.equal(links.length, names.length - 1);
    for (const link of links) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(link);
      const subject = await page.locator('#conversation h1').innerText();
      for (const frame of await page.locator('.letter-frame:visible').all()) {
        await frame.scrollIntoViewIfNeeded();
        const inner = frame.contentFrame();
        await inner.locator('.desk-mail').waitFor();
        const [tall, mail] = await Promise.all([
          frame.evaluate((element) => element.clientHeight),
          inner.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height)),
        ]);
        assert.ok(Math.abs(tall - mail) <= 20, `${subject}: the frame is ${tall} px tall, the mail ${mail} px`);
        const broken = await inner.locator('img[src]').evaluateAll((all) => all.filter((one) => one.naturalWidth === 0).length);
        assert.equal(broken, 0, `${subject}: pictures that came along are shown`);
      }
      await agent.look(subject.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40));
      const attached = page.locator('a[href$="/message"]');
      if (await attached.count()) await agent.visit(await attached.evaluate((element) => element.href), 'attached-mail');
    }
  } catch (error) {
    console.error(desk.log());
    throw error;
  } finally {
    await browser.close();
    await desk.stop();
    await testbed.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
