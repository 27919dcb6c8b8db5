# The overview of the programme.
overview = Overview
overview-lead = What people went through with the desk, { $from } to { $to }. Every number here says how far it can be trusted.
overview-segment = Segment
overview-everybody = Everybody
overview-span = Looking back
overview-days = { $n } days
overview-look = Show
overview-empty = Cannot tell yet: 0 answers, 0 contacts
overview-empty-words = The first touchpoint appears here by itself. Numbers follow once five people stand behind them; a comparison needs a period before.
overview-empty-action = What will be measured
overview-few = Cannot tell yet: fewer than { $k } people have been in touch in this time
overview-closed = Nothing can be told of this segment for this time: fewer than { $k } people are in it, or outside it. Choose a longer time or a wider segment.
overview-river = The river
overview-river-lead = Each stage is as wide as the number of people who were in it. What flows off is people who were not seen in any later stage.
overview-people = { $n ->
    [0] nobody yet
    [one] one person
   *[other] { $n } people
}
overview-few-people = too few people to tell
overview-left = { $n } went no further
overview-changed = Changed beyond noise
overview-changed-nothing = Nothing, as far as one can tell. With few answers that is the usual finding; it does not mean that nothing changed.
overview-hurts = Hurts most
overview-hurts-lead = How often people come with it, times how often it leaves them displeased. Each contact weighs the same, whether it was answered for or not.
overview-hurts-nothing = Cannot tell yet: no service or channel has answers from five people in this time.
overview-hurts-where = Where
overview-hurts-contacts = Contacts
overview-hurts-satisfied = Satisfied
overview-hurts-displeased = Displeased contacts
overview-evaluation = I have a problem: where do I look?
overview-awareness = I learn that the desk and its services exist.
overview-investigation = I read what it offers.
overview-use = I help myself, then ask the desk; again and again.
overview-improvement = I say how it was, and hear what came of it.
overview-stage-nothing = Nothing recorded in this time, or by fewer than five people.
overview-more-kinds = { $n ->
    [one] and one more kind
   *[other] and { $n } more kinds
}
overview-foot = Read from { $n } touchpoints. A verdict compares with the time of equal length before; all of a page share one chance in twenty of a false word.
measures = Measures
measures-lead = What is asked of the ledger, and how it is computed. A number is shown when at least { $k } people stand behind it, with its interval, and never without. There are no rankings of agents or teams.

# Kinds of touchpoint, as one names many of them.
kind-ticket-opened = requests
kind-ticket-written = further messages
kind-ticket-thanked = thanks
kind-ticket-answered = answers from the desk
kind-ticket-paused = set aside
kind-ticket-resumed = taken up again
kind-ticket-resolved = resolved
kind-ticket-confirmed = confirmed as sorted
kind-ticket-reopened = came back
kind-ticket-closed = closed in silence
kind-ticket-merged = merged into another
kind-ticket-took-in = took in another
kind-survey-invited = asked how it was
kind-survey-answered = answers to a survey
kind-survey-amended = changed answers
kind-survey-dismissed = did not want to answer
kind-followup-contacted = personal words after a bad answer
kind-improvement-told = told what came of it
kind-improvement-confirmed = say that it helped
kind-improvement-refuted = say that it did not help
kind-search-made = searches
kind-search-empty = searches in vain
kind-article-read = articles read
kind-service-read = services read
kind-form-started = forms begun
kind-form-given-up = forms given up
kind-notice-sent = notices sent
kind-notice-read = notices read
kind-flyer-scanned = flyers scanned
kind-callback-promised = callbacks promised
kind-callback-kept = callbacks kept
kind-callback-missed = callbacks missed
kind-visit-joined = came by
kind-visit-served = served at the counter
kind-visit-left = left the line

# Measures: name, question, formula.
measure-search-in-vain = Searches in vain
measure-search-in-vain-question = How often does somebody search and find nothing?
measure-search-in-vain-formula = Searches without a result, as a share of all searches.
measure-first-answer = Time to the first answer
measure-first-answer-question = How long does a person wait until somebody answers?
measure-first-answer-formula = The median from asking to the first answer, nights and weekends included. Requests without an answer count as waiting at least until now (Kaplan-Meier).
measure-resolution = Time until sorted
measure-resolution-question = How long until it is sorted, as the person lived it?
measure-resolution-formula = The median from asking to the last time that it was resolved. What came back is not sorted until it is sorted again; what is open counts as waiting at least until now (Kaplan-Meier).
measure-first-contact = Sorted at the first contact
measure-first-contact-question = How often is asking once enough?
measure-first-contact-formula = The person said that it is sorted, it did not come back, and they made no further contact on the same service until a week later; as a share of requests at least two weeks old. Silence is no yes.
measure-repeat-contact = Repeat contacts
measure-repeat-contact-question = How often must somebody come again?
measure-repeat-contact-formula = Contacts followed by another of the same person on the same service within seven days, in whichever channel, as a share of contacts at least a week old.
measure-reopened = Came back
measure-reopened-question = How often was it not sorted after all?
measure-reopened-formula = Requests that came back at least once, as a share of those that were resolved at least once.
measure-hand-overs = Hand-overs
measure-hand-overs-question = How often is a request passed on?
measure-hand-overs-formula = Assignments after the first, for each request.
measure-satisfaction = Satisfaction
measure-satisfaction-question = How do people feel about the way they were handled?
measure-satisfaction-formula = Answers 4 and 5 of 5, as a share of all answers to this question.
measure-effort = Made easy
measure-effort-question = Was it easy to get it sorted?
measure-effort-formula = Answers 5 to 7 of 7 to “made it easy” (CES 2.0, share of agreement), as a share of all answers to this question.
measure-emotion = Felt good
measure-emotion-question = How did it feel?
measure-emotion-formula = The two happier of five faces, as a share of all faces chosen.
measure-lost-time = Working time lost
measure-lost-time-question = How much working time did it cost people?
measure-lost-time-formula = The middle class of the answers, and between which classes it lies. Answers are ranges, so there is no minute to be exact about.
measure-response-rate = Response rate
measure-response-rate-question = How many of those asked answer?
measure-response-rate-formula = Invitations answered so far, as a share of all invitations of this time.
measure-told = Told what came of it
measure-told-question = Do those who raise something hear what came of it?
measure-told-formula = People who were told after they raised something, as a share of all who raised something in this time. “No, because” counts as told.
measure-lost-0 = none
measure-lost-1 = under 15 min
measure-lost-2 = 15 to 60 min
measure-lost-3 = 1 to 4 h
measure-lost-4 = half a day or more
measure-lost-5 = more than a day
measure-no-end-yet = nobody knows yet
measure-of-people = { $n ->
    [one] One person stands behind them.
   *[other] { $n } people stand behind them.
}
measure-interval = The interval is at 95%, by: { $method }.
measure-pending = { $n } of them still wait.
measure-young = { $n } more are too recent to count.
measure-bounds = Whatever those think who did not answer, the share of all who were asked lies between { $low } and { $high }.
measure-smallest-points = A change of less than { $n } points counts as none.
measure-smallest-part = A change of less than { $share } counts as none.
measure-smallest-chance = A change counts as none while the chance that an answer of now is worse than one of before stays within { $n } points of a half.
measure-smallest-times = A change of less than { $n } times counts as none.
measure-higher = More is better.
measure-lower = Less is better.
denominator-answers = Counted: { $n } answers.
denominator-invitations = Counted: { $n } invitations.
denominator-tickets = Counted: { $n } requests opened in this time.
denominator-settled-tickets = Counted: { $n } requests opened in this time and at least two weeks ago.
denominator-sorted-tickets = Counted: { $n } requests of this time that were resolved at least once.
denominator-settled-contacts = Counted: { $n } contacts at least a week old.
denominator-searches = Counted: { $n } searches.
denominator-raisers = Counted: { $n } people who raised something.
denominator-rows = Counted: { $n } rows.
refusal-nothing = Cannot tell yet: nothing of this kind was recorded in this time.
refusal-few-people = Cannot tell: fewer than { $k } people stand behind it, and they must stay unknown.
refusal-few-others = Cannot tell: fewer than { $k } people are outside this segment, and the difference would show them.
refusal-few-answers = Cannot tell yet: { $n } observations, and an interval needs at least { $needed }.
refusal-still-waiting = Cannot tell yet: { $pending } of { $n } still wait, so nobody knows where the middle will be.
