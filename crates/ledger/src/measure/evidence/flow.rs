//! The river: how many people were in each stage of the lifecycle, where they left, and by what they touched it.

use crate::projection::{NOBODY, View};
use crate::segment::Among;
use crate::touchpoint::{Channel, Initiator, Source, Stage};

use crate::measure::gate::Gate;
use crate::measure::period::Period;
use crate::measure::suppress::hidden;

const STAGES: usize = Stage::ALL.len();

/// The five stages of a period. What fewer than k people did is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// In the order of the lifecycle.
    pub stages: Vec<StageFlow>,
    /// How many people there were in any stage.
    pub people: Option<u64>,
    /// How many touchpoints there were.
    pub touchpoints: u64,
}

/// One stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageFlow {
    /// Which.
    pub stage: Stage,
    /// How many people were in it; `None` when that may not be told.
    pub people: Option<u64>,
    /// How many of them were in no later stage; the last stage has none.
    pub left: Option<u64>,
    /// Kinds of touchpoint, the most frequent first: name, touchpoints, people. Those that may not be told are left out.
    pub kinds: Vec<(String, u64, u64)>,
    /// How many kinds were left out.
    pub kinds_hidden: usize,
}

/// What one kind came to within one stage.
#[derive(Clone, Default)]
struct Kind {
    count: u64,
    people: Vec<u64>,
}

impl Gate {
    /// The flow of a period, of those who were then in a segment: what people see of the desk, and do themselves.
    pub fn flow(&self, view: &View, period: Period, among: &Among) -> Flow {
        let mut stages_of = vec![0u8; view.people()];
        let mut kinds = vec![Kind::default(); STAGES * view.kinds().len()];
        let words = view.people().div_ceil(64);
        for chunk in view.chunks_within(period.from.0, period.to.0) {
            for row in 0..chunk.len() {
                // Another desk's log does not say what people saw; its steps are all there is of it.
                let is_seen = chunk.manner[row] & 1 << 4 != 0 || chunk.source[row] == Source::Imported as u8;
                // To be asked is no step of one's own; to answer is.
                let is_asked = chunk.channel[row] == Channel::Survey as u8
                    && chunk.manner[row] >> 2 & 3 == Initiator::Machine as u8;
                if !is_seen || is_asked || !period.contains(chunk.at[row]) || !among.holds(chunk.attributes[row]) {
                    continue;
                }
                let stage = usize::from(chunk.stage[row]);
                let kind = &mut kinds[stage * view.kinds().len() + usize::from(chunk.kind[row])];
                kind.count += 1;
                let person = view.canonical(chunk.person[row]);
                if person != NOBODY {
                    stages_of[person as usize] |= 1 << stage;
                    if kind.people.is_empty() {
                        kind.people.resize(words, 0);
                    }
                    kind.people[person as usize / 64] |= 1 << (person % 64);
                }
            }
        }
        self.told(view, &stages_of, &kinds)
    }

    fn told(&self, view: &View, stages_of: &[u8], kinds: &[Kind]) -> Flow {
        let count = |holds: &dyn Fn(u8) -> bool| stages_of.iter().filter(|mask| holds(**mask)).count() as u64;
        let people: Vec<u64> = (0..STAGES).map(|stage| count(&|mask| mask & 1 << stage != 0)).collect();
        let left: Vec<u64> = (0..STAGES).map(|stage| count(&|mask| mask >> stage == 1)).collect();
        let unseen = hidden(&people, self.k());
        let small = |n: u64| n > 0 && n < self.k();
        // Leaving and going on add up to the stage, and those who left to everybody: none may be found by subtraction.
        let mut closed: Vec<bool> = (0..STAGES)
            .map(|stage| unseen[stage] || small(left[stage]) || small(people[stage] - left[stage]))
            .collect();
        if closed.iter().filter(|closed| **closed).count() == 1
            && let Some(next) = (0..STAGES).filter(|&stage| !closed[stage]).min_by_key(|&stage| left[stage])
        {
            closed[next] = true;
        }
        let all = count(&|mask| mask != 0);
        let stages = Stage::ALL.iter().enumerate().map(|(place, &stage)| {
            let own = &kinds[place * view.kinds().len()..(place + 1) * view.kinds().len()];
            let (named, kinds_hidden) = self.named(view, own);
            StageFlow {
                stage,
                people: (!unseen[place]).then_some(people[place]),
                left: (!closed[place] && place + 1 < STAGES).then_some(left[place]),
                kinds: named,
                kinds_hidden,
            }
        });
        let touchpoints = kinds.iter().map(|kind| kind.count).sum();
        Flow { stages: stages.collect(), people: (!small(all)).then_some(all), touchpoints }
    }

    fn named(&self, view: &View, kinds: &[Kind]) -> (Vec<(String, u64, u64)>, usize) {
        let people = |kind: &Kind| kind.people.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
        let counts: Vec<u64> = kinds.iter().map(people).collect();
        let unseen = hidden(&counts, self.k());
        let mut named: Vec<(String, u64, u64)> = kinds
            .iter()
            .enumerate()
            .filter(|(code, kind)| kind.count > 0 && !unseen[*code])
            .map(|(code, kind)| (view.kinds().name(code).to_owned(), kind.count, counts[code]))
            .collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        (named, unseen.iter().filter(|hidden| **hidden).count())
    }
}
