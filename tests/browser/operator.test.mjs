// What operators and agents see of mail: before anything is set up, with a mailbox that cannot be read, and with mails in
// the quarantine. Each page is looked at in both widths and themes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser } from './support/browser.mjs';
import { binary } from './support/child.mjs';
import { startDesk } from './support/desk.mjs';
import { startTestbed } from './support/testbed.mjs';

const PASSWORD = 'a long enough password';

async function signIn(person, url) {
  await person.page.goto(`${url}/sign-in`);
  await person.page.locator('summary', { hasText: 'password' }).click();
  await person.page.locator('#staff-email').fill('ada@desk.example');
  await person.page.locator('input[name=password]').fill(PASSWORD);
  await person.page.locator('form[action="/sign-in"] button').click();
  await person.page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

test('what operators and agents see of mail', { timeout: 300_000 }, async () => {
  const testbed = await startTestbed({ mail: false });
  const data = mkdtempSync(join(tmpdir(), 'thedesk-operator-'));
  const thedesk = binary('thedesk', 'THEDESK_TEST_BIN');
  const run = (args, input) => execFileSync(thedesk, args, { input, stdio: ['pipe', 'pipe', 'inherit'] });
  run(['user', 'add', 'ada@desk.example', '--data', data, '--name', 'Ada Quist', '--roles', 'admin,agent', '--password-stdin'], PASSWORD);
  let desk = await startDesk(['serve', '--data', data], { port: testbed.port() });
  const browser = await openBrowser('operator');
  try {
    const ada = await browser.person('Ada');
    await signIn(ada, desk.url);
    await ada.visit(`${desk.url}/admin`, 'admin');
    await ada.visit(`${desk.url}/admin/mail`, 'mail-not-set-up');
    await ada.visit(`${desk.url}/admin/mail/new`, 'mail-new');
    await ada.visit(`${desk.url}/admin/mail/new?for=microsoft`, 'mail-new-microsoft');
    await desk.stop();

    // A mailbox at a port where nobody listens, and mails that somebody has to look at.
    const nowhere = testbed.port();
    writeFileSync(join(data, 'thedesk.toml'), `metrics_token = "browser-test-token"
[[mail.accounts]]
address = "it@desk.example"
[mail.accounts.imap]
host = "127.0.0.1"
port = ${nowhere}
tls = "none"
user = "it@desk.example"
password = "hush-hush"
`);
    run(['mail', 'pipe', '--data', data], 'Subject: A very long subject that nobody would ever write but that a robot may well write\r\n\r\nWho am I? '.concat('x'.repeat(400), '\r\n'));
    run(['mail', 'pipe', '--data', data], 'From: Ana <ana@lindenhof.example>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <1@lindenhof.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nBack soon.\r\n');
    desk = await startDesk(['serve', '--data', data], { port: testbed.port() });
    await signIn(ada, desk.url);
    await ada.visit(`${desk.url}/admin/mail`, 'mail');
    assert.ok(!(await ada.page.content()).includes('hush-hush'));
    await ada.page.locator('form[action="/admin/mail/check"] button').click();
    await ada.page.getByRole('heading', { name: 'it@desk.example' }).waitFor();
    await ada.look('mail-check');
    await ada.visit(`${desk.url}/desk/quarantine`, 'quarantine');
    await ada.page.locator('[data-row]').first().click();
    await ada.page.getByRole('heading', { name: 'The mail as it came' }).waitFor();
    await ada.look('held');
    await ada.visit(`${desk.url}/desk/quarantine?view=dropped`, 'dropped');
    await ada.visit(`${desk.url}/desk/mails`, 'mails');
    await ada.visit(`${desk.url}/desk/mails?q=nobody-at-all`, 'mails-none');
    const figures = await fetch(`${desk.url}/metrics`, { headers: { authorization: 'Bearer browser-test-token' } });
    assert.equal(figures.status, 200);
    assert.match(await figures.text(), /thedesk_mails_quarantined 1\n/);
    assert.equal((await fetch(`${desk.url}/metrics`)).status, 403);
  } catch (error) {
    console.error(desk.log());
    throw error;
  } finally {
    await browser.close();
    await desk.stop();
    await testbed.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
