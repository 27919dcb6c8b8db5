//! The one list of measures.

use statistics::verdict::Good;

/// What is asked. Each is computed in one place ([`Evidence`](super::Evidence)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Answers 4 and 5 of 5 to "the way this was handled" (top two boxes).
    Satisfaction,
    /// Answers 5 to 7 of 7 to "made it easy" (CES 2.0, share of agreement).
    Effort,
    /// Faces 4 and 5 of 5.
    Emotion,
    /// The class of working time lost in the middle.
    LostTime,
    /// Answers that one would go to the desk first the next time.
    FirstChoice,
    /// Invitations that were answered.
    ResponseRate,
    /// From asking to the first answer.
    FirstAnswer,
    /// From asking to the last time that it was sorted.
    Resolution,
    /// Asked once, confirmed, and quiet for a week.
    FirstContact,
    /// Contacts that another one followed within a week.
    Repeat,
    /// Tickets that came back.
    Reopened,
    /// How often a ticket was passed on.
    HandOvers,
    /// People who raised something and were told what came of it.
    Told,
    /// Searches that found nothing.
    InVain,
    /// Notices that were really read by those they were for.
    Read,
    /// Fewer contacts thanks to suggestions: those of whom one was withheld by lot, minus those who saw it.
    Avoided,
    /// Calls that were promised and came in time.
    PromiseKept,
    /// People in line who left before their turn.
    Abandoned,
    /// Requests that were sorted by the time at which they were needed.
    NeedMet,
    /// Notices that were read before the person came about it.
    Warned,
    /// How long nine of ten took until they were sorted.
    SlowestTenth,
    /// Which part of all the time until sorted the slowest tenth took.
    SlowestShare,
    /// People who came for the first time and came again.
    SecondUse,
    /// Requests that somebody of the desk wrote down for the person.
    OnBehalf,
    /// Requests that people wrote on the form, which asks for all that the desk needs.
    Proper,
    /// Of those asked by lot, who say that something got in the way of their work.
    Troubled,
    /// Of those, who went elsewhere first.
    AroundSaid,
    /// Of those, whom the desk does not know of: two lists of the same troubles.
    AroundFound,
    /// Of those, who never told the desk.
    Silent,
    /// Of those who had been at the desk before, who came to it first.
    Returned,
    /// Times at which somebody came to the desk: the list that [`Self::AroundFound`] stands against.
    Came,
    /// Invitations to a pulse that were answered: whom [`Self::Troubled`] was asked of.
    Pulsed,
    /// What a column of a table says ([`super::of_table`]).
    Table,
}

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A fraction from 0 to 1.
    Share,
    /// Milliseconds.
    Span,
    /// A place in [`LOST_TIME`].
    Class,
    /// Times for each ticket.
    PerTicket,
    /// A plain number, whatever its column counts.
    Number,
    /// Pleased minus displeased, from -1 to +1.
    Net,
    /// One share minus another, from -1 to +1.
    Difference,
}

/// A measure.
#[derive(Debug, PartialEq)]
pub struct Measure {
    /// Its name for programs and texts: `first-answer`.
    pub key: &'static str,
    /// What is asked.
    pub question: Question,
    /// What its value is counted in.
    pub unit: Unit,
    /// Which way is better; none where neither is by itself.
    pub better: Option<Good>,
    /// The smallest change that matters, fixed here before anybody looks: points of a share, a fraction of a span
    /// (0.1 is a tenth longer or shorter), times for each ticket, or for classes how far the chance that one lost more
    /// than before is from a half.
    pub smallest: f64,
}

impl Measure {
    /// The key of its name.
    pub fn name_key(&self) -> String {
        format!("measure-{}", self.key)
    }

    /// The key of the question that it answers.
    pub fn question_key(&self) -> String {
        format!("measure-{}-question", self.key)
    }

    /// The key of the sentence that says how it is computed.
    pub fn formula_key(&self) -> String {
        format!("measure-{}-formula", self.key)
    }
}

/// Least and most minutes of each class of lost time: none, under 15 minutes, up to an hour, up to four, half a day or
/// more, more than a day of eight hours. The last has no upper end.
pub const LOST_TIME: [(f64, Option<f64>); 6] =
    [(0.0, Some(0.0)), (0.0, Some(15.0)), (15.0, Some(60.0)), (60.0, Some(240.0)), (240.0, Some(480.0)), (480.0, None)];

const fn measure(key: &'static str, question: Question, unit: Unit, better: Good, smallest: f64) -> Measure {
    Measure { key, question, unit, better: Some(better), smallest }
}

/// One that says how things lie, and not whether that is good.
const fn without_a_word(key: &'static str, question: Question, unit: Unit, smallest: f64) -> Measure {
    Measure { key, question, unit, better: None, smallest }
}

/// All measures, in the order in which a person lives them.
pub static MEASURES: [Measure; 30] = [
    measure("troubled", Question::Troubled, Unit::Share, Good::Lower, 0.05),
    measure("around-said", Question::AroundSaid, Unit::Share, Good::Lower, 0.05),
    measure("around-found", Question::AroundFound, Unit::Share, Good::Lower, 0.05),
    measure("silent", Question::Silent, Unit::Share, Good::Lower, 0.05),
    measure("returned", Question::Returned, Unit::Share, Good::Higher, 0.05),
    measure("search-in-vain", Question::InVain, Unit::Share, Good::Lower, 0.05),
    measure("notice-read", Question::Read, Unit::Share, Good::Higher, 0.05),
    measure("warned", Question::Warned, Unit::Share, Good::Higher, 0.05),
    measure("avoided", Question::Avoided, Unit::Difference, Good::Higher, 0.05),
    measure("abandoned", Question::Abandoned, Unit::Share, Good::Lower, 0.05),
    measure("promise-kept", Question::PromiseKept, Unit::Share, Good::Higher, 0.05),
    measure("first-answer", Question::FirstAnswer, Unit::Span, Good::Lower, 0.1),
    measure("resolution", Question::Resolution, Unit::Span, Good::Lower, 0.1),
    measure("nine-of-ten", Question::SlowestTenth, Unit::Span, Good::Lower, 0.1),
    // It falls as the others get slower, too.
    without_a_word("slowest-share", Question::SlowestShare, Unit::Share, 0.05),
    measure("need-met", Question::NeedMet, Unit::Share, Good::Higher, 0.05),
    measure("first-contact", Question::FirstContact, Unit::Share, Good::Higher, 0.05),
    measure("repeat-contact", Question::Repeat, Unit::Share, Good::Lower, 0.05),
    measure("reopened", Question::Reopened, Unit::Share, Good::Lower, 0.03),
    measure("hand-overs", Question::HandOvers, Unit::PerTicket, Good::Lower, 0.1),
    measure("proper", Question::Proper, Unit::Share, Good::Higher, 0.05),
    measure("on-behalf", Question::OnBehalf, Unit::Share, Good::Lower, 0.05),
    measure("second-use", Question::SecondUse, Unit::Share, Good::Higher, 0.05),
    measure("satisfaction", Question::Satisfaction, Unit::Share, Good::Higher, 0.05),
    measure("effort", Question::Effort, Unit::Share, Good::Higher, 0.05),
    measure("emotion", Question::Emotion, Unit::Share, Good::Higher, 0.05),
    measure("lost-time", Question::LostTime, Unit::Class, Good::Lower, 0.05),
    measure("first-choice", Question::FirstChoice, Unit::Share, Good::Higher, 0.05),
    measure("response-rate", Question::ResponseRate, Unit::Share, Good::Higher, 0.05),
    measure("told", Question::Told, Unit::Share, Good::Higher, 0.05),
];

/// The measure of this key.
pub fn by_key(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.key == key)
}
