// What operators and agents see of mail: before anything is set up, with a mailbox that cannot be read, and with mails in
// the quarantine. Each page is looked at in both widths and themes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from './support/stage.mjs';

const ADA = 'ada@desk.example';

test('what operators and agents see of mail', { timeout: 300_000 }, () =>
  onStage('operator', {}, async (stage) => {
    stage.employ(ADA, 'Ada Quist', 'admin,agent');
    let desk = await stage.open();
    const ada = await stage.agent(ADA);
    await ada.visit(`${desk.url}/admin`, 'admin');
    await ada.visit(`${desk.url}/admin/mail`, 'mail-not-set-up');
    await ada.visit(`${desk.url}/admin/mail/new`, 'mail-new');
    await ada.visit(`${desk.url}/admin/mail/new?for=microsoft`, 'mail-new-microsoft');

    // A mailbox at a port where nobody listens, and mails that somebody has to look at.
    const nowhere = stage.testbed.port();
    stage.configure(`metrics_token = "browser-test-token"
[[mail.accounts]]
address = "it@desk.example"
[mail.accounts.imap]
host = "127.0.0.1"
port = ${nowhere}
tls = "none"
user = "it@desk.example"
password = "hush-hush"
`);
    stage.run(['mail', 'pipe'], 'Subject: A very long subject that nobody would ever write but that a robot may well write\r\n\r\nWho am I? '.concat('x'.repeat(400), '\r\n'));
    stage.run(['mail', 'pipe'], 'From: Ana <ana@lindenhof.example>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <1@lindenhof.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nBack soon.\r\n');
    desk = await stage.open();
    await stage.signIn(ada, ADA);
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
  }));
