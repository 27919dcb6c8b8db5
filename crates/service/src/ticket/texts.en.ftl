inbox = Inbox
ticket = Ticket
view-mine = Mine
view-mine-title = Mine
view-nobodys = Nobody’s
view-nobodys-title = Nobody’s yet
view-longest = Waiting
view-longest-title = Waiting longest
view-feels-bad = Feels bad
view-feels-bad-title = Felt bad the last time
view-sorted = Sorted
view-sorted-title = Sorted, newest first
inbox-choose = Nothing open
inbox-choose-words = Choose a ticket on the left, or press j and o.
inbox-empty-mine = Nothing on your desk
inbox-empty-nobodys = Everything has an owner
inbox-empty-longest = Nobody waits for you
inbox-empty-feels-bad = Nobody felt bad the last time
inbox-empty-sorted = Nothing is sorted yet
inbox-empty-words = New ones appear here by themselves.
search = Search
search-tickets = Search tickets
search-words = Words, a name, or a number such as D-1042.
search-found = { $n ->
    [one] One ticket
   *[other] { $n } tickets
}
search-nothing = Nothing found for “{ $words }”
search-nothing-words = Try fewer words, or another spelling.
ticket-state-new = New
ticket-state-open = Open
ticket-state-waiting-person = Waiting for them
ticket-state-waiting-others = Waiting for others
ticket-state-resolved = Resolved
ticket-state-closed = Closed
needs-it = { $name } needs it:
needed-now = right now
needed-today = today
needed-week = this week
needed-no-hurry = no hurry
message-machine = A program wrote
message-note = Note, for the desk only
message-failed = This did not go out: { $why }
show-all = Show all
letter-as-text = Text
letter-as-sent = As sent
letter-form = How this message is shown
letter-frame = What { $name } sent
letter-alone = Open alone
letter-rest = Show the rest
letter-cut = This is not all of it.
letter-whole-text = The whole text
letter-forwarded = Passed on by { $name }
meeting = Meeting
meeting-invited = Invites to a meeting
meeting-changed = Changes a meeting
meeting-cancelled = Calls a meeting off
meeting-accepted = Will come
meeting-declined = Will not come
meeting-tentative = May come
meeting-countered = Proposes another time
meeting-told = Tells of a meeting
meeting-when = When
meeting-place = Where
meeting-organizer = Invited by
meeting-guests = Who
meeting-repeats = and again
meeting-more = and { $n } more
meeting-guest-accepted = comes
meeting-guest-declined = does not come
meeting-guest-tentative = may come
file-mail = Mail
file-meeting = Meeting
file-contact = Contact
file-sound = Sound
file-fax = Fax
file-picture = Picture
file-other = File
attached = An attached mail
attached-open = Read
attached-back = Back to { $number }
attached-within = Attached to the mail above
attached-from = From
attached-to = To
attached-date = Sent
attached-cut = Further mails within this one are in the file.
attached-download = The file itself
overtaken = { $name } wrote while you were writing. Read it above; your words are kept below.
composer-kind = What you write
composer-reply = Reply
composer-note = Note
composer-to = to { $name }, { $address }
composer-no-address = { $name } has no mail address that works: this appears on their page only.
composer-text = Write …
enclose = Enclose
send = Send
save = Save
send-and-wait = Send
send-and-resolve = Send, sorted
send-and-keep = Send, still on it
set-open = Take up again
set-waiting-others = Waiting for others
set-resolved = Sorted
about-person = About the person
ticket-work = Work
ticket-agent = Who has it
nobody = Nobody
assign = Give
assign-me = Take it
tags = Tags
tags-hint = Words with commas between them.
other-tickets = Also from them
address-email = Mail
address-phone = Phone
address-handle = Handle
attribute-site = Site
attribute-department = Department
attribute-role = Role
attribute-since = Since
done-answered = Sent.
done-noted = Note kept.
done-assigned = Given.
done-state = Changed.
done-tagged = Tags saved.
my-requests = My requests
no-requests = You have not asked us anything yet
no-requests-words = When you do, you can follow it here.
ask-us = Ask us
ask-us-words = Tell us in your own words. You get an answer by mail, and can follow it here.
ask-email-hint = Our answer goes there.
ask-subject = What is it about?
ask-subject-hint = A few words are enough.
ask-text = Tell us more
ask-needed = When do you need it?
ask-files = Pictures or files
ask-files-hint = Up to { $mb } MB each.
ask-send = Send
form-look-again = Something is missing. Nothing you typed is lost.
request-state-new = We have it
request-state-open = We are on it
request-state-waiting-person = We asked you something
request-state-waiting-others = We are waiting for someone else
request-state-resolved = We think this is sorted
request-state-closed = Sorted
request-with = { $agent } has it
request-write = Write to us …
request-over = This is a while ago. If it came back, ask us again:
is-it-sorted = Is it sorted for you?
sorted-yes = Yes, it is sorted
sorted-no-words = If not, write what is still missing. It comes straight back to us.
done-asked = We have it. A mail is on its way to you.
done-written = Sent.
done-reopened = Sent. We take it up again.
done-confirmed = Good to hear. Thank you for saying so.
ticket-mail-received =
    Hello { $name },

    we have your request; its number is { $number }. A person reads it and answers.
    You can follow it here, and add to it: { $link }
    Or simply reply to this mail.

    { $brand }
ticket-mail-answer =
    { $agent }
    { $brand }

    Reply to this mail, or see everything here: { $link }
ticket-mail-sorted =
    { $agent }
    { $brand }

    We think this is sorted. Is it? Say so here: { $link }
    If not, just reply to this mail.
ticket-mail-resolved =
    Hello { $name },

    we think that “{ $subject }” is sorted. Is it? Say so here: { $link }
    If not, just reply to this mail.

    { $brand }
message-why = Why is this here?
message-subject = With a new subject: { $subject }
message-after = In answer to
message-quotes = It quotes a ticket in which its sender has no part:
message-move = Move it to { $ticket }
message-doubt-unverified = From an agent’s address, not verified. It may be somebody else.
message-doubt-forged = The sender’s own domain says that this mail is not from there.
goes-on-from = Goes on from
goes-on-in = This is over, and goes on in
address-fails = Mail to { $address } comes back. An answer does not reach it.
address-fails-since = Since
address-mend = Try it again
done-address = Mail goes there again.
came-back = The last letter came back
did-ticket-opened = Asked: { $subject }
did-ticket-written = Wrote to us
did-ticket-thanked = Said thanks
did-ticket-answered = Got an answer
did-ticket-noted = A note among ourselves
did-ticket-assigned = Given to someone
did-ticket-paused = Waits for somebody else
did-ticket-resumed = Taken up again
did-ticket-resolved = We thought it sorted
did-ticket-confirmed = Said that it is sorted
did-ticket-reopened = Said that it is not sorted
did-ticket-closed = Closed after a week of silence

# Merging two tickets of one person.
merge = Merge into another
merge-into = Number of the other ticket
merge-hint = Both must be { $name }’s. The conversation moves there, and this number leads to it.
merge-unknown = There is no ticket with this number.
merge-same = This is the ticket itself.
merge-other-person = Somebody else asked in that one. Only tickets of the same person can become one.
done-merged = The two are one now.
did-ticket-merged = Went on as { $ticket }
did-ticket-took-in = Took in { $ticket }
did-ticket-gave-mail = A mail was moved to { $ticket }
did-ticket-took-mail = A mail was moved here from { $ticket }
sealed = Signature and encryption
sealed-opened = Came encrypted, and was opened with a key of the desk. Answers go out unencrypted.
sealed-no-key = Encrypted, and no key of the desk opens it. It is kept whole, as it came.
sealed-no-passphrase = Encrypted for a key of the desk whose passphrase is not known here. It is kept whole, as it came.
sealed-damaged = Encrypted, and damaged or tampered with on the way: it was not opened.
sealed-too-large = Encrypted, and larger than what is taken in: it was not opened.
sealed-not-supported = Encrypted in a way that is not read here. It is kept whole, as it came.
sealed-for = Locked for: { $keys }
sealed-valid = Signed by { $signer }, and the signature holds.
sealed-unknown-key = Signed, but the key is not known here.
sealed-untrusted = Signed by { $signer }. The signature fits, but cannot be trusted.
sealed-mismatch = Signed by { $signer }, who is not the sender of this mail.
sealed-expired = Signed by { $signer }, with a key that is out of date.
sealed-revoked = Signed by { $signer }, with a key that was called back.
sealed-invalid = The signature does not hold: this is not what was signed.
sealed-key = Key { $key }
sealed-somebody = somebody
sealed-note-beside = There is more in this mail than what was signed or locked.
sealed-note-attachment-only = Only a file is signed, not the text.
sealed-note-weak = It was made in a way that can be forged today.
sealed-note-no-authority = Nobody whom the desk trusts vouches for the certificate.
sealed-note-not-supported = It is made in a way that is not read here.
sealed-came-along = A key came along: { $keys }. Nothing proves whose it is.
