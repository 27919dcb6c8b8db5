//! The picture as SVG text: shapes, words, legend and description.

use std::fmt::Write as _;

use super::cards::{Card, Drawn, NAME, SMALL};
use super::filter::Shown;
use super::flow::Flow;
use super::language::{Words, filled};
use super::place::{Line, Piece, Placed, Point, Spot};
use super::style::{DARK, STYLESHEET, WAITS, light};
use super::words::{escaped, width};
use super::{Direction, Options};

const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
/// Diameter of the start and the end mark.
pub(super) const MARK: f64 = 26.0;
/// Room around the picture.
const MARGIN: f64 = 28.0;

/// The SVG as it grows, and how points of the drawing become x and y.
pub(super) struct Picture {
    body: String,
    direction: Direction,
    /// Where the drawing begins, in its own axes turned to x and y.
    offset: (f64, f64),
    width: f64,
    height: f64,
    head: f64,
}

impl Picture {
    pub(super) fn new(options: &Options, placed: &Placed) -> Self {
        let mut picture = Self {
            body: String::new(),
            direction: options.direction,
            offset: (0.0, 0.0),
            width: 0.0,
            height: 0.0,
            head: 0.0,
        };
        let (title, note) = headings(options);
        picture.head =
            [(title, 26.0), (note, 20.0)].iter().filter(|(text, _)| !text.is_empty()).map(|line| line.1).sum();
        picture.head += if options.standalone { MARGIN } else { 6.0 };
        let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        let mut cover = |(x, y): (f64, f64), half: (f64, f64)| {
            low = (low.0.min(x - half.0), low.1.min(y - half.1));
            high = (high.0.max(x + half.0), high.1.max(y + half.1));
        };
        for spot in placed.steps.iter().chain(placed.lines.iter().map(|line| &line.label)) {
            let size = picture.turn(spot.size);
            cover(picture.turn(spot.at), (size.0 / 2.0, size.1 / 2.0));
        }
        for line in &placed.lines {
            for piece in &line.pieces {
                let (Piece::Move(to) | Piece::Straight(to) | Piece::Curve(_, _, to) | Piece::Corner(to, _)) = piece;
                cover(picture.turn(*to), (line.width, line.width));
            }
        }
        if low.0 > high.0 {
            (low, high) = ((0.0, 0.0), (0.0, 0.0));
        }
        picture.offset = (MARGIN - low.0, picture.head + 14.0 - low.1);
        let heading = width(title, 18.0).max(width(note, 13.0));
        picture.width = (high.0 - low.0).max(heading).max(300.0) + 2.0 * MARGIN;
        picture.height = high.1 - low.1 + picture.head + 14.0;
        picture
    }

    fn turn(&self, point: Point) -> (f64, f64) {
        match self.direction {
            Direction::Right => (point.along, point.across),
            Direction::Down => (point.across, point.along),
        }
    }

    fn at(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.turn(point);
        (x + self.offset.0, y + self.offset.1)
    }

    /// Appends to the picture. Writing to a string cannot fail.
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(text);
    }

    pub(super) fn line(&mut self, arc: &Drawn, line: &Line) {
        let mut d = String::new();
        for piece in &line.pieces {
            let point = |point: Point| {
                let (x, y) = self.at(point);
                format!("{x:.1} {y:.1}")
            };
            let _ = match *piece {
                Piece::Move(to) => write!(d, "M{}", point(to)),
                Piece::Straight(to) => write!(d, "L{}", point(to)),
                Piece::Curve(a, b, to) => write!(d, "C{} {} {}", point(a), point(b), point(to)),
                Piece::Corner(corner, to) => write!(d, "Q{} {}", point(corner), point(to)),
            };
        }
        let dashes = arc.dashes.map(|dashes| format!(" stroke-dasharray=\"{dashes}\"")).unwrap_or_default();
        let (tip, base) = (self.at(line.tip), self.at(line.base));
        let half = line.width / 2.0 + 3.2;
        let wings = match self.direction {
            Direction::Right => [(base.0, base.1 - half), (base.0, base.1 + half)],
            Direction::Down => [(base.0 - half, base.1), (base.0 + half, base.1)],
        };
        self.put(format_args!(
            "<g><title>{}</title><path class=\"{}\" d=\"{d}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.2}\"{dashes}/>\
             <path class=\"{}\" d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{}\"/></g>\n",
            escaped(&arc.title),
            arc.class,
            arc.colour,
            line.width,
            arc.head,
            wings[0].0,
            wings[0].1,
            tip.0,
            tip.1,
            wings[1].0,
            wings[1].1,
            arc.colour,
        ));
    }

    pub(super) fn label(&mut self, arc: &Drawn, line: &Line) {
        let (number, wait) = &arc.label;
        if number.is_empty() {
            return;
        }
        let (x, y) = self.at(line.label.at);
        let wait =
            if wait.is_empty() { String::new() } else { format!("<tspan font-weight=\"400\"> · {wait}</tspan>") };
        self.put(format_args!(
            "<text class=\"map-text map-halo\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\" \
             font-weight=\"600\" fill=\"{}\" stroke=\"{}\" stroke-width=\"4\" stroke-linejoin=\"round\" \
             paint-order=\"stroke\">{number}{wait}</text>\n",
            y + 4.0,
            light("map-text"),
            light("map-halo"),
        ));
    }

    pub(super) fn card(&mut self, card: &Card, spot: &Spot) {
        let (x, y) = self.at(spot.at);
        let (wide, high) = self.turn(spot.size);
        let (left, top) = (x - wide / 2.0, y - high / 2.0);
        self.put(format_args!("<g><title>{}</title>", escaped(&card.title)));
        self.rect("map-shade", (left, top + 2.0, wide, high, 10.0), " fill-opacity=\"0.10\"");
        self.rect("map-card", (left, top, wide, high, 10.0), " stroke=\"#e3ddd2\"");
        let lines = card.name.len() as f64 * 18.0 + 18.0 * f64::from(1 + u8::from(card.again.is_some()));
        let mut baseline = top + (high - 10.0 - lines) / 2.0 + 14.5;
        for line in &card.name {
            self.text("map-text", left + 14.0, baseline, NAME, "600", "start", line);
            baseline += 18.0;
        }
        self.text("map-quiet", left + 14.0, baseline, SMALL, "400", "start", &card.volume);
        if let Some(again) = &card.again {
            baseline += 18.0;
            self.text("map-quiet", left + 14.0, baseline, SMALL, "400", "start", again);
        }
        let room = wide - 28.0;
        self.rect("map-track", (left + 14.0, top + high - 11.0, room, 4.0, 2.0), "");
        self.rect("map-bar", (left + 14.0, top + high - 11.0, (room * card.share).max(2.0), 4.0, 2.0), "");
        self.body.push_str("</g>\n");
    }

    pub(super) fn mark(&mut self, spot: Option<&Spot>, start: bool, word: &str) {
        let Some((x, y)) = spot.map(|spot| self.at(spot.at)) else { return };
        let shape = if start {
            format!("M{:.1} {:.1}l9 5.5l-9 5.5Z", x - 3.5, y - 5.5)
        } else {
            format!("M{:.1} {:.1}h9v9h-9Z", x - 4.5, y - 4.5)
        };
        let (mark, paper) = (light("map-mark"), light("map-on-mark"));
        self.put(format_args!(
            "<g><title>{}</title><circle class=\"map-mark\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{}\" fill=\"{mark}\"/>\
             <path class=\"map-on-mark\" d=\"{shape}\" fill=\"{paper}\"/></g>\n",
            escaped(word),
            MARK / 2.0
        ));
        let (x, y, anchor) = match self.direction {
            Direction::Right => (x, y + MARK / 2.0 + 15.0, "middle"),
            Direction::Down => (x - MARK / 2.0 - 8.0, y + 4.0, "end"),
        };
        self.text("map-quiet", x, y, SMALL, "400", anchor, word);
    }

    fn rect(&mut self, class: &str, (x, y, wide, high, radius): (f64, f64, f64, f64, f64), more: &str) {
        let fill = light(class);
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" rx=\"{radius}\" \
             fill=\"{fill}\"{more}/>"
        ));
    }

    #[expect(clippy::too_many_arguments, reason = "one line of text has that many sides, and they are all used here")]
    fn text(&mut self, class: &str, x: f64, y: f64, size: f64, weight: &str, anchor: &str, text: &str) {
        let (fill, text) = (light(class), escaped(text));
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" \
             text-anchor=\"{anchor}\" fill=\"{fill}\">{text}</text>"
        ));
    }

    /// What the colours and widths mean, wrapped to the width of the picture.
    fn legend(&mut self, flow: &Flow, hidden: &str, words: &Words) {
        let mut items: Vec<(Option<usize>, String)> = vec![(None, words.waits.to_string())];
        items.extend(words.colours.iter().enumerate().map(|(step, wait)| (Some(step), wait.to_string())));
        items.push((None, filled(&words.wider, &[("unit", words.unit(flow.unit, 2))])));
        items.push((None, hidden.to_owned()));
        let (mut x, mut y) = (MARGIN, self.height + 34.0);
        for (step, text) in items {
            let swatch = if step.is_some() { 26.0 } else { 0.0 };
            let room = swatch + width(&text, SMALL) * 0.94 + 16.0;
            if x > MARGIN && x + room - 16.0 > self.width - MARGIN {
                x = MARGIN;
                y += 20.0;
            }
            if let Some(step) = step {
                let colour = WAITS[step].1;
                self.put(format_args!(
                    "<path class=\"map-wait-{step}\" d=\"M{x:.1} {:.1}h20\" stroke=\"{colour}\" stroke-width=\"5\" \
                     stroke-linecap=\"round\" fill=\"none\"/>",
                    y - 4.0
                ));
            }
            self.text("map-quiet", x + swatch, y, SMALL, "400", "start", &text);
            x += room;
        }
        self.height = y + MARGIN - 6.0;
    }

    pub(super) fn finish(mut self, flow: &Flow, shown: &Shown, options: &Options) -> String {
        let words = &options.words;
        let hidden = hidden(flow, shown, words);
        self.legend(flow, &hidden, words);
        let (wide, high) = (self.width.ceil(), self.height.ceil());
        let id = escaped(&options.id);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
             viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" font-family=\"{FONT}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
            escaped(&options.title),
            escaped(&description(flow, shown, &hidden, words)),
        );
        let body = std::mem::take(&mut self.body);
        if options.standalone {
            let _ = writeln!(svg, "<style>{STYLESHEET}{DARK}</style>");
            self.rect("map-paper", (0.0, 0.0, wide, high, 0.0), "");
        }
        let mut y = MARGIN + 12.0;
        let (title, note) = headings(options);
        if !title.is_empty() {
            self.text("map-text", MARGIN, y, 18.0, "600", "start", title);
            y += 22.0;
        }
        if !note.is_empty() {
            self.text("map-quiet", MARGIN, y, 13.0, "400", "start", note);
        }
        svg.push_str(&self.body);
        svg.push('\n');
        svg.push_str(&body);
        svg.push_str("</svg>\n");
        svg
    }
}

/// Title and note as they are written on the picture: on a page they are the page's to write.
fn headings(options: &Options) -> (&str, &str) {
    if options.standalone { (&options.title, &options.note) } else { ("", "") }
}

fn hidden(flow: &Flow, shown: &Shown, words: &Words) -> String {
    if shown.hidden_edges == 0 {
        return words.whole.to_string();
    }
    let steps = match shown.hidden_nodes {
        0 => String::new(),
        1 => format!("; {}", words.rare[0]),
        more => format!("; {}", filled(&words.rare[1], &[("n", &words.count(more as u64))])),
    };
    let values = [
        ("hidden", &*words.count(shown.hidden_edges as u64)),
        ("all", &*words.count(flow.edges.len() as u64)),
        ("share", &*words.share(shown.hidden_share)),
    ];
    format!("{}{steps}.", filled(&words.hidden, &values))
}

fn description(flow: &Flow, shown: &Shown, hidden: &str, words: &Words) -> String {
    let mut text = filled(
        &words.through,
        &[
            ("n", &words.count(flow.total)),
            ("unit", words.unit(flow.unit, flow.total)),
            ("steps", &words.count(shown.nodes.len() as u64)),
        ],
    );
    text.push(' ');
    for &edge in shown.edges.iter().take(5) {
        let edge = &flow.edges[edge];
        let wait = edge.median_seconds.map(|wait| words.wait(wait));
        let wait = wait.map(|wait| format!(" {}", words.after(&wait))).unwrap_or_default();
        let between = [("from", &*flow.nodes[edge.from].name), ("to", &*flow.nodes[edge.to].name)];
        let _ = write!(text, "{}: {}{wait}. ", filled(&words.from_to, &between), words.count(edge.cases));
    }
    text.push_str(hidden);
    text
}
