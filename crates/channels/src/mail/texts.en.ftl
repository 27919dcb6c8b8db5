quarantine-views = Views
quarantine = Quarantine
quarantine-lead = Mails that could not be taken in. None is lost: look, take it in, or put it aside.
mails-waiting = Waiting
mails-dropped = Not taken in
mails-discarded = Put aside
mails-none-waiting = Nothing is held back
mails-none-dropped = Nothing was left out
mails-none-discarded = Nothing was put aside
mails-none-words = Every mail so far became part of a ticket.
mail-no-subject = No subject
mail-no-one = Nobody named
mail-from = From
mail-came = Came
mail-in = Mailbox
mail-size = Size
mail-bytes = { $n ->
    [one] One byte
   *[other] { $n } bytes
}
mail-copies = Came this often
mail-kind = Taken for
mail-error = What went wrong
mail-raw = The mail as it came
mail-cut = Only its beginning is shown.
mail-evidence = What was weighed
mail-admit = Take it in
mail-discard = Put aside
done-mail-admitted = Taken in.
done-mail-discarded = Put aside. It is kept under “Put aside”.
done-mail-still = It still cannot be taken in.
mail-why-token = It came to the address of its ticket.
mail-why-issued = It answers a mail of ours.
mail-why-held = It answers a mail in its ticket.
mail-why-answered = A mail in its ticket answers it.
mail-why-sibling = It answers the same mail as one in its ticket.
mail-why-number = Its subject has the ticket’s number.
mail-why-new = It begins something new.
mail-why-stranger = It quotes a conversation in which its sender has no part.
mail-why-ourselves = It came from one of our own addresses.
mail-why-loop = It is a letter of ours that came round.
mail-why-auto-reply = A program answered, and nobody had asked it.
mail-why-unknown-bounce = It says that a mail came back which we did not send.
mail-why-receipt = It only says that a mail was read.
mail-why-no-sender = It does not say who wrote it.
mail-why-too-large = It is larger than the desk takes. Only its beginning is here; the whole mail is still in the mailbox.
mail-why-unreadable = It could not be read.
mail-why-unstorable = It could not be stored.
mail-why-unfetchable = The mail server would not give it out. It is still in the mailbox.
mail-why-quoted = It quotes a letter of ours from its ticket.
mail-why-mark = It has the same number of another desk or machine as a mail in its ticket.
mail-why-waited = A program answered for its sender before the mail that it answers was here.
mail-why-again = A machine tells of something again whose ticket was over.
mail-why-new-subject = It answers a ticket with a subject of its own.
mail-too-large-subject = Re: { $subject }
mail-too-large-text =
    Hello,

    your mail of { $size } did not reach us whole: we take mails of up to { $limit }.
    Please send it again without the large file. Files of up to { $upload } each can be handed in here: { $link }

    { $brand }
why-title = Why this mail is here
why-issued = It answers the letter that we sent:
why-held = It answers the mail of { $sender }:
why-names = It names a ticket in which its sender has no part, or which it left with a new subject:
why-server = Our mail server says
why-authentic = the sender is who they say
why-forged = the sender’s domain disowns this mail
why-quiet-flood = It was not acknowledged, because this sender opened many tickets in a short time.
why-quiet-loop = It was not acknowledged, because this sender opened tickets with the same subject before.
why-kind-human = A person’s mail
why-kind-machine = Written by a program
why-kind-auto-reply = An automatic reply
why-kind-bounce = A notice that a mail did not arrive
why-kind-feedback = A complaint about a mail of ours
why-kind-calendar = An invitation, or the answer to one
why-kind-list = Passed on by a mailing list
why-number = Their number
why-warning = Not as it should be
why-moved = Moved here by
why-into = Move to another ticket
why-into-hint = Its number, such as D-1042. Files go along, and so does what answers this mail later.
why-move = Move
why-split = Make a ticket of its own
why-no-ticket = There is no ticket with this number.
why-ours = What the desk wrote stays where it was said.
why-there = It is in that ticket.
why-alone = It is all that this ticket has.
done-mail-moved = Moved. Both tickets say so.
did-mail-unsent = Not reached by mail: { $address } ({ $why })
did-mail-bounced = A mail to { $address } came back
did-mail-quarantined = A mail was held back
did-mail-admitted = A mail that was held back was taken in
did-mail-discarded = A mail that was held back was put aside
mail-locked = This mail came encrypted, and could not be opened here. It is kept whole, as it came.
mail-locked-for = It is locked for: { $keys }.
