//! Colours. In grey, too, a longer wait is darker (lighter on a dark ground).

/// The rules that give the picture its custom properties, for the style sheet of a page that inlines it.
pub const STYLESHEET: &str = "\
.map-paper{fill:var(--map-paper,#faf8f4)}\
.map-card{fill:var(--map-card,#fff);stroke:var(--map-line,#e3ddd2)}\
.map-shade{fill:var(--map-shade,#4a3f2c)}\
.map-track{fill:var(--map-line,#e9e4da)}\
.map-bar{fill:var(--map-bar,#5b7f9c)}\
.map-text{fill:var(--map-text,#2b2722)}\
.map-quiet{fill:var(--map-quiet,#6a6358)}\
.map-halo{stroke:var(--map-paper,#faf8f4)}\
.map-mark{fill:var(--map-side,#8f877a)}\
.map-on-mark{fill:var(--map-paper,#faf8f4)}\
.map-side{stroke:var(--map-side,#b9b1a4)}.map-side-head{fill:var(--map-side,#b9b1a4)}\
.map-wait-0{stroke:var(--map-wait-0,#aac2d4)}.map-head-0{fill:var(--map-wait-0,#aac2d4)}\
.map-wait-1{stroke:var(--map-wait-1,#7fa3bf)}.map-head-1{fill:var(--map-wait-1,#7fa3bf)}\
.map-wait-2{stroke:var(--map-wait-2,#c3954a)}.map-head-2{fill:var(--map-wait-2,#c3954a)}\
.map-wait-3{stroke:var(--map-wait-3,#a9661b)}.map-head-3{fill:var(--map-wait-3,#a9661b)}\
.map-wait-4{stroke:var(--map-wait-4,#73390a)}.map-head-4{fill:var(--map-wait-4,#73390a)}";

/// What a file of its own says beside that: the dark variant, on screens only, because paper is light.
pub(super) const DARK: &str = "\
@media screen and (prefers-color-scheme:dark){svg.map{--map-paper:#1d1c1a;--map-card:#2a2826;--map-line:#3d3a36;\
--map-shade:#000;--map-text:#efeae2;--map-quiet:#aaa297;--map-bar:#7fa3bf;--map-side:#857d72;--map-wait-0:#46596a;\
--map-wait-1:#6288a6;--map-wait-2:#b08844;--map-wait-3:#dd9c45;--map-wait-4:#ffc985}}";

/// The default colour of a class, for those who see the picture without any style sheet.
pub(super) fn light(class: &str) -> &'static str {
    match class {
        "map-paper" | "map-halo" | "map-on-mark" => "#faf8f4",
        "map-card" => "#fff",
        "map-shade" => "#4a3f2c",
        "map-track" => "#e9e4da",
        "map-bar" => "#5b7f9c",
        "map-text" => "#2b2722",
        "map-quiet" => "#6a6358",
        "map-mark" => "#8f877a",
        _ => "#b9b1a4",
    }
}

/// Waits in five steps: (up to this many seconds, light colour). The words are [`super::Words::colours`].
pub(super) const WAITS: [(f64, &str); 5] = [
    (3600.0, "#aac2d4"),
    (86_400.0, "#7fa3bf"),
    (7.0 * 86_400.0, "#c3954a"),
    (30.0 * 86_400.0, "#a9661b"),
    (f64::INFINITY, "#73390a"),
];

/// The step of [`WAITS`] that a wait falls into.
pub(super) fn wait_step(seconds: f64) -> usize {
    WAITS.iter().position(|(limit, _)| seconds < *limit).unwrap_or(WAITS.len() - 1)
}
