survey-title = How was it?
survey-thanks = Thank you
survey-privacy =
    Confidential, not anonymous: your name is seen by { $readers ->
        [0] nobody but the people who follow up
        [one] the one person who follows up
       *[other] the { $readers } people who may follow up
    }. Results are shown only for groups of { $k } or more.
survey-satisfaction = How do you feel about the way this was handled?
survey-satisfaction-1 = Very unhappy
survey-satisfaction-2 = Rather unhappy
survey-satisfaction-3 = Neither, nor
survey-satisfaction-4 = Rather happy
survey-satisfaction-5 = Very happy
survey-emotion = And how did it feel?
survey-send = Send
survey-enough = That is enough. Anything below helps us more.
survey-nothing = Choose at least one answer; you may leave out the others.
survey-look-again = Something does not fit yet. Nothing you typed is lost.
survey-more = If you have a minute more
survey-effort = { $brand } made it easy to get this sorted.
survey-effort-low = not at all
survey-effort-high = very much so
survey-word = If one word had to do
survey-word-none = No word
survey-word-relieved = Relieved
survey-word-confident = Confident
survey-word-respected = Respected
survey-word-neutral = Neutral
survey-word-confused = Confused
survey-word-anxious = Anxious
survey-word-frustrated = Frustrated
survey-word-ignored = Ignored
survey-lost = Working time this cost you, roughly?
survey-lost-none = None
survey-lost-under-quarter = Under 15 minutes
survey-lost-under-hour = 15 to 60 minutes
survey-lost-hours = 1 to 4 hours
survey-lost-half-day = Half a day or more
survey-lost-days = More than a day
survey-first = Next time something breaks, where would you go first?
survey-first-desk = To { $brand }
survey-first-acquaintance = To someone I know in IT
survey-first-colleague = To a colleague
survey-first-search = I would look it up myself
survey-first-bear = I would live with it
survey-comment = One thing that would have made this better?
survey-consent = May we get in touch about it?
survey-consent-yes = Yes, you may write to me
survey-consent-hint = Otherwise we only tell you what came of it.
survey-send-all = Send everything
survey-kept = We have your answer. You can add to it or change it until { $until }.
survey-over = This question is closed
survey-over-words = It was open for a while. If something is on your mind, tell us directly: a person reads it.
survey-over-ask = Write to us
survey-not-sorted = It is not sorted after all?
survey-not-sorted-link = Tell us on your request
survey-not-now = Not now
survey-never = Please do not ask me again
survey-panel-thanks = Thank you for telling us how it was.
survey-panel-change = See or change it
done-survey-answered = Thank you. We have it.
done-survey-dismissed = Fine. We will not ask about this one again.
done-survey-refused = Understood. We will not ask you again.
survey-mail-subject = How was it? { $subject }
survey-mail-text =
    Hello { $name },

    you said that “{ $subject }” is sorted. How was it? Two taps are enough:
    { $link }

    { $privacy }

    { $brand }
did-survey-invited = Was asked how it was
did-survey-withheld = Was not asked how it was
did-survey-answered = Said how it was
did-survey-amended = Changed what they had said
did-survey-dismissed = Did not want to say how it was
pulse-title = The last two weeks
pulse-why = We ask everybody in turn, a few people a day. It takes two taps.
pulse-trouble = In the last two weeks, did anything in IT get in the way of your work?
pulse-yes = Yes
pulse-no = No
pulse-went = Think of the latest time. What did you do first?
pulse-went-hint = There is no right answer. If another way was better, that is what we want to know.
pulse-went-desk = I went to { $brand }
pulse-went-acquaintance = I asked someone I know in IT
pulse-went-colleague = I asked a colleague
pulse-went-search = I looked it up myself
pulse-went-bear = I lived with it
pulse-reported = Did you tell { $brand } about it, then or later?
pulse-panel = It is your turn: two taps
pulse-panel-words = Did anything get in the way of your work lately? We ask everybody in turn.
pulse-still = Is it still in your way?
pulse-mail-subject = Did anything get in your way lately?
pulse-mail-text =
    Hello { $name },

    did anything in IT get in the way of your work in the last two weeks? We ask everybody in turn, also those who never write to us. Two taps are enough:
    { $link }

    { $privacy }

    { $brand }
did-pulse-invited = Was asked about the last two weeks
did-pulse-withheld = Was not asked about the last two weeks
did-pulse-answered = Said how the last two weeks were
did-pulse-amended = Changed what they had said of two weeks
did-pulse-dismissed = Did not want to say how two weeks were
