programme-look-again = Something is missing. Nothing you typed is lost.
followups = Waiting for an answer from us
followups-nav = Follow-ups
followups-lead = Bad answers, each with somebody who looks after it, within a working day.
followups-views = Lists
followups-waiting = All that wait
followups-mine = Mine
followups-over = Looked after
followups-empty-waiting = Nobody waits for an answer from us
followups-empty-mine = None of them is yours
followups-empty-over = Nothing was closed yet
followups-empty-words = When somebody tells us that it went badly, it appears here.
followup-title = What { $name } told us
followup-state-open = Waits for us
followup-state-contacted = In touch
followup-state-closed = Looked after
followup-reason-not-sorted = It is not sorted
followup-reason-unhappy = Unhappy with how it was handled
followup-reason-felt-bad = It felt bad
followup-nobody = Nobody
followup-said = What they said
followup-no-words = They chose an answer and wrote nothing.
followup-about = About:
followup-by-mail = by mail
followup-write = Write to { $name }
followup-no-consent = They did not ask to be written to. They hear from us when something comes of it: join it to an improvement.
followup-no-address = We have no mail address of theirs that works.
followup-letter = Your words
followup-letter-hint = Thank, apologise if it is due, ask. It goes to { $address }.
followup-send = Send
followup-join = Make it better for everybody
followup-join-words = Join it to an improvement. When that is done or declined, they are told, once.
followup-join-which = Improvement
followup-join-new = A new one
followup-join-title = What should be better
followup-join-title-hint = For a new one: as people say it, in one line.
followup-join-do = Join
followup-work = Work
followup-why = Why
followup-owner = Who looks after it
followup-since = Since
followup-due = By
followup-part-of = Part of
followup-take = I look after it
followup-note = Note, for us only
followup-note-do = Keep note
followup-close = Looked after: close
followup-mail-subject = About “{ $subject }”
followup-mail-foot =
    { $agent }
    { $brand }

    You told us how it was, and said that we may write to you.
done-followup-taken = It is yours.
done-followup-noted = Note kept.
done-followup-sent = Sent.
done-followup-joined = Joined. They will be told what comes of it.
done-followup-closed = Looked after.
improvements-nav = Improve
improvements = Improvements
improvements-lead = What people said should be better, and what becomes of it.
improvements-none = Nothing proposed yet
improvements-none-words = Improvements grow out of bad answers, or out of something that you noticed.
improvement-new = New improvement
improvement-new-words = One thing that should be better. People who ask for it join it, and are told what came of it.
improvement-state-proposed = Proposed
improvement-state-planned = Planned
improvement-state-doing = Being done
improvement-state-done = Done, not all told
improvement-state-told = Done and told
improvement-state-declined = No, because
improvement-raisers = { $n ->
    [0] Nobody asked yet
    [one] One person asked
   *[other] { $n } people asked
}
improvement-helped = it helped { $yes } of { $n }
improvement-title = What should be better
improvement-title-hint = As people said it, in one line.
improvement-plan = What we will do
improvement-plan-hint = As far as you know.
improvement-propose = Propose
improvement-untold = { $n ->
    [one] One person could not be reached
   *[other] { $n } people could not be reached
}
improvement-untold-words = No mail address of theirs works. Tell them in person, or mend the address and try again.
improvement-try-again = Try again
improvement-told-in-person = They were told in person
improvement-end = Bring it to an end
improvement-end-how = How did it end?
improvement-outcome = What they will read
improvement-outcome-hint = { $n ->
    [0] In plain words. For “no”: why, and what you can do instead.
    [one] In plain words; one person gets it by mail, once. For “no”: why, and what you can do instead.
   *[other] In plain words; { $n } people get it by mail, each once. For “no”: why, and what you can do instead.
}
improvement-tell = { $n ->
    [0] End it
    [one] End it and tell one person
   *[other] End it and tell { $n } people
}
improvement-go-proposed = Back to proposed
improvement-go-planned = We will do it
improvement-go-doing = We began
improvement-go-done = It is done
improvement-go-declined = No, because …
improvement-history = How it went on
improvement-was-proposed = Proposed
improvement-was-planned = Planned
improvement-was-doing = Begun
improvement-was-done = Done
improvement-was-declined = Declined
improvement-was-merged = A duplicate joined
improvement-facts = Facts
improvement-owner = Who carries it
improvement-since = Since
improvement-told-count = Told
improvement-told-of = { $told } of { $n }
improvement-it-helped = it helped
improvement-it-did-not = it did not help
improvement-was-told = told
improvement-more-raisers = and { $n } more
improvement-names-hidden = Names are seen by leads and agents only.
improvement-also-said = Also said as
improvement-edit = Change title, plan or owner
improvement-save = Save
improvement-merge = Is it a duplicate?
improvement-merge-words = Its people move to the other one, each once, and are told together.
improvement-merge-into = The other one
improvement-merge-choose = Choose …
improvement-merge-do = Merge
done-improvement-proposed = Proposed.
done-improvement-saved = Saved.
done-improvement-told = Done. Everybody who asked is being told.
done-improvement-merged = Merged, with all its people.
improvement-mail-subject = What came of “{ $title }”
improvement-mail-done =
    Hello { $name },

    you told us: “{ $title }”

    { $outcome }

    Did it help? Tell us with one tap: { $link }

    { $brand }
improvement-mail-declined =
    Hello { $name },

    you told us: “{ $title }”
    We looked at it, and will not do it. Here is why:

    { $outcome }

    If you see it differently, write to us; a person reads it. Here it is again: { $link }

    { $brand }
said-title = You said, we did
said-lead = What people told us, and what came of it. Also when the answer is no.
said-none = Nothing to tell yet
said-none-words = Tell us how it was after your next request. What comes of it appears here.
said-by = { $n } people said so.
said-by-some = Some of you said so.
said-declined = We looked at it, and no
said-all = All of it
said-helped = Did it help?
said-yes = Yes, it did
said-no = No, it did not
said-you-said-yes = You said that it did. Thank you.
said-you-said-no = You said that it did not. Thank you, we look at it again.
said-talk = You see it differently? Write to us.
done-said-judged = Thank you for telling us.
did-followup-opened = Given to someone to look after
did-followup-contacted = Got a personal word from us
did-followup-closed = Looked after
did-improvement-proposed = An improvement was proposed
did-improvement-joined = Is one of those who asked for an improvement
did-improvement-planned = It was decided to do it
did-improvement-begun = Work on it began
did-improvement-done = It was done
did-improvement-declined = It was declined
did-improvement-returned = It was put back to the proposals
did-improvement-merged = A duplicate joined it
did-improvement-told = Was told what came of “{ $title }”
did-improvement-confirmed = Said that “{ $title }” helped
did-improvement-refuted = Said that “{ $title }” did not help
