# Mail as the operator sees it, and the warnings when it does not flow.
admin-mail = Mail
admin-mail-lead = Every mailbox, how it fares, and what to do when it does not.
mailboxes-none = No mailbox is set up yet
mailboxes-none-words = With one, people write to the desk and are answered by mail.
mailbox-reading = Reading
mailbox-sending = Sending
mailbox-well = works
mailbox-unsure = not known yet
mailbox-trouble = does not work
mailbox-failing = Since { $since }: { $why }
mailbox-server = Server
mailbox-user = User
mailbox-looked = Last looked
mailbox-last-mail = Last mail
mailbox-held = Held back
mailbox-never = never
mailbox-not-read = The desk does not read this mailbox. Its mail may come by “thedesk mail pipe”.
mailbox-not-sent = No letters go out from here.
mailbox-lines = Its lines in thedesk.toml
mailbox-lines-words = Change them in the file and start the desk again. Passwords are not shown.
mailbox-held-all = { $n ->
    [0] Nothing is held back.
    [one] One mail is held back and waits for an agent.
   *[other] { $n } mails are held back and wait for an agent.
}
tls-implicit = encrypted
tls-starttls = encrypted (STARTTLS)
tls-none = not encrypted
letters = Letters
letters-waiting = Waiting
letters-oldest = the oldest for { $age }
letters-last = Last one sent
letters-failed = Not sent in 24 hours
alarms = When mail did not flow
alarm-who = Who is warned
alarm-nobody = Nobody gets a letter when mail stops flowing. To change that, add an address that the desk does not read itself to thedesk.toml:
alarm-somebody = { $address } gets one letter when a mailbox cannot be read for some minutes.
alarm-ended = It flowed again after { $after }.
alarm-stands = It still does not.
alarm-reading = Mail to { $what } has not been read since { $since }: { $why }
alarm-sending = Letters have not gone out through { $what } since { $since }: { $why }
alarm-consent = The consent to use the mailbox { $what } ends: { $why }
alarm-why-consent = whoever owns the mailbox has to consent again.
alarm-letter-consent = The desk will not be able to use { $what } for long
alarm-letter-consent-text =
    The consent to use the mailbox { $what } ends.

    { $said }

    What to do stands here: { $url }
alarm-why-password = the server does not accept user and password.
alarm-why-unreachable = the server cannot be reached.
alarm-why-silent = the server does not answer.
alarm-why-encryption = the connection cannot be encrypted safely.
alarm-why-stale = nothing fails, but nothing happens either.
alarm-why-waiting = letters that are due are not taken up.
alarm-why-no-server = no server to send by is set up.
alarm-why-refused = most letters are refused.
alarm-why-other = see what was said.
alarm-letter-subject = The desk cannot read mail to { $what }
alarm-letter =
    Mail to { $what } is not being read: { $why }

    What was said: { $said }

    Nothing is lost: mail stays in the mailbox, and the desk goes on by itself when it can. What to do stands here: { $url }

    You get one letter for each such trouble.

# The connection test, and setting a mailbox up.
check-title = Connection test
check-go = Test the connection
check-again = Test again
check-ok = worked
check-failed = did not work
check-works = All of this works.
check-broken = Something does not work yet. The last step says what to do.
check-too-slow = There was no answer in ninety seconds. Check host and port, and whether a firewall is in between.
mailbox-new = Set up a mailbox
mailbox-new-lead = Type what the provider told you. It is tried at once; the lines for thedesk.toml come out. Nothing typed here is stored.
mailbox-new-lines = Lines for thedesk.toml
mailbox-new-lines-words = Put these into thedesk.toml in the data folder, the password alone into the file mail.password beside it (readable for the desk’s user only), and start the desk again.
mailbox-provider = Who runs the mailbox
mailbox-address = Address that people write to
mailbox-user-hint = As the provider says; most want the whole address, which is taken when this is empty.
mailbox-password-hint = Used for this test and forgotten.
mailbox-imap-host = IMAP server
mailbox-smtp-host = SMTP server
mailbox-tls = Encryption
mailbox-port = Port
mailbox-port-hint = The usual one when empty.
form-port = A port is a number up to 65535.
provider-own = Own server or other provider
provider-google = Google
provider-microsoft = Microsoft 365
provider-own-words = You need: the names of the servers for IMAP and SMTP, a user and a password. The desk answers from an address with a token (help+TOKEN@example.org): the server must deliver such mail to the same mailbox, as most do; if it uses another sign than “+”, set mail.reply_separator.
provider-google-words = Google takes no ordinary password from a program. With two-step sign-in switched on, make an app password (Google Account, Security, App passwords) and type it here. In organisations that forbid these, use tokens: see “oauth” in “thedesk config reference”.
provider-microsoft-words = Microsoft 365 takes no passwords, only tokens. In the Entra admin centre, register an application, allow it the delegated permissions IMAP.AccessAsUser.All, SMTP.Send and offline_access, make a client secret, and switch on SMTP AUTH for the mailbox. Then put these lines into thedesk.toml:
provider-microsoft-then = Then run “thedesk mail authorize help@example.org”, sign in as the mailbox in the browser, start the desk, and test the connection on the page “Mail”.
