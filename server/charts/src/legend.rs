//! What the marks of a chart mean, in as many lines as its width asks for.

use crate::{
    canvas::{Align, Canvas, Setting},
    five_bars::median_mark,
    lettering::text_width,
    paint::Paint,
    slope::arrow,
};

/// A mark in a legend.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    /// The current level.
    Ring,
    /// The target level.
    Dot,
    /// A target below the current level.
    Dashes,
    /// A cell with its ground, the text on it, and the text.
    Cell(Paint, Paint, &'static str),
    /// A cell without a number, with its symbol.
    Absent(&'static str),
    /// A cell with the mark of what is not agreed.
    Corner,
    /// A place in a list.
    Place,
    /// From the lowest to the highest.
    Whisker,
    /// What holds neighbours together.
    Bracket,
    /// An arrow that points to more.
    Rise,
    /// An arrow that points to less.
    Fall,
    /// Where an arrow begins.
    Tick,
    /// A ground with the mark of what is not agreed.
    Unconfirmed(Paint, Paint),
    /// From the lowest to the highest municipality, of current and of target levels.
    Range,
    /// A median across a range.
    Crossed,
    /// A bar of answers.
    Bar,
    /// The bar of the median, with its mark.
    Median,
}

/// A mark with what it means.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    key: Key,
    meaning: String,
}

impl Item {
    /// A mark and its meaning.
    pub(crate) fn new(key: Key, meaning: &str) -> Self {
        Self {
            key,
            meaning: meaning.to_owned(),
        }
    }
}

/// Items with their places.
pub(crate) struct Legend {
    items: Vec<(Item, f64, f64)>,
    setting: Setting,
    height: f64,
}

impl Legend {
    /// How tall one of its lines is.
    pub(crate) const LINE: f64 = 28.0;
    const BETWEEN: f64 = 20.0;
    const MARK: f64 = 30.0;

    /// Items side by side, in lines no wider than `width`.
    pub(crate) fn new(items: Vec<Item>, setting: Setting, width: f64) -> Self {
        let (mut x, mut y) = (0.0, 0.0);
        let items: Vec<_> = items
            .into_iter()
            .map(|item| {
                let wide = Self::MARK + text_width(&item.meaning, setting.size, false);
                if x > 0.0 && x + wide > width {
                    x = 0.0;
                    y += Self::LINE;
                }
                let at = x;
                x += wide + Self::BETWEEN;
                (item, at, y)
            })
            .collect();
        Self {
            height: if items.is_empty() {
                0.0
            } else {
                y + Self::LINE
            },
            items,
            setting: setting.paint(Paint::InkSoft),
        }
    }

    /// Its height.
    pub(crate) fn height(&self) -> f64 {
        self.height
    }

    /// Draws it from this corner.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, left: f64, top: f64) {
        if self.items.is_empty() {
            return;
        }
        canvas.group("legend", None, || {
            for (item, x, y) in &self.items {
                let (x, y) = (left + x, top + y + Self::LINE / 2.0);
                item.key.draw(canvas, x, y, self.setting.size);
                canvas.text(&item.meaning, x + Self::MARK, y, self.setting);
            }
        });
    }
}

impl Key {
    fn draw(self, canvas: &Canvas<'_>, x: f64, y: f64, size: f64) {
        match self {
            Self::Ring => canvas.ring(x + 15.0, y, 7.0, Paint::Current),
            Self::Dot => canvas.dot(x + 15.0, y, 8.5, Paint::Target),
            Self::Dashes => {
                let ends = [(x + 2.0, y), (x + 22.0, y)];
                canvas.line(&ends, 6.0, Paint::Surplus);
                canvas.line(&ends, 2.0, Paint::SurplusEdge);
            }
            Self::Cell(ground, ink, text) => {
                canvas.rect((x, y - 11.0), (24.0, 22.0), ground);
                let setting = Setting::new(size).bold().paint(ink);
                let setting = setting.align(Align::Middle);
                canvas.text(text, x + 12.0, y, setting);
            }
            Self::Absent(symbol) => {
                canvas.rect((x, y - 11.0), (24.0, 22.0), Paint::Missing);
                canvas.dot(x + 12.0, y, 8.0, Paint::Card);
                let setting = Setting::new(size).bold().align(Align::Middle);
                canvas.text(symbol, x + 12.0, y, setting.paint(Paint::InkSoft));
            }
            Self::Place => canvas.dot(x + 12.0, y, 6.5, Paint::Target),
            Self::Whisker => {
                let (from, to) = (x + 2.0, x + 22.0);
                canvas.line(&[(from, y), (to, y)], 3.0, Paint::Current);
                for end in [from, to] {
                    canvas.line(&[(end, y - 6.0), (end, y + 6.0)], 3.0, Paint::Current);
                }
            }
            Self::Bracket => {
                let (left, right) = (x + 8.0, x + 16.0);
                let corners = [
                    (right, y - 10.0),
                    (left, y - 10.0),
                    (left, y + 10.0),
                    (right, y + 10.0),
                ];
                canvas.line(&corners, 2.0, Paint::Bracket);
            }
            Self::Range => {
                for (y, current) in [(y - 5.0, true), (y + 5.0, false)] {
                    canvas.line(&[(x + 3.0, y), (x + 21.0, y)], 2.0, Paint::Bracket);
                    for end in [x + 3.0, x + 21.0] {
                        if current {
                            canvas.ring(end, y, 2.5, Paint::Bracket);
                        } else {
                            canvas.dot(end, y, 4.0, Paint::Bracket);
                        }
                    }
                }
            }
            Self::Crossed => {
                canvas.line(&[(x + 2.0, y), (x + 22.0, y)], 2.0, Paint::Bracket);
                canvas.line(&[(x + 12.0, y - 5.0), (x + 12.0, y + 5.0)], 3.0, Paint::Ink);
            }
            Self::Bar => canvas.rect((x + 2.0, y - 9.0), (20.0, 18.0), Paint::Answers),
            Self::Median => {
                canvas.rect((x + 2.0, y - 11.0), (20.0, 14.0), Paint::Current);
                median_mark(canvas, x + 12.0, y + 5.0);
            }
            Self::Rise => arrow(canvas, x + 2.0, x + 23.0, y),
            Self::Fall => arrow(canvas, x + 23.0, x + 2.0, y),
            Self::Tick => {
                canvas.line(
                    &[(x + 12.0, y - 7.0), (x + 12.0, y + 7.0)],
                    3.0,
                    Paint::Current,
                );
            }
            Self::Unconfirmed(ground, ink) => {
                canvas.rect((x, y - 11.0), (24.0, 22.0), ground);
                corner(canvas, x + 24.0, y - 11.0, ink);
            }
            Self::Corner => {
                canvas.rect((x, y - 11.0), (24.0, 22.0), Paint::Gap0);
                corner(canvas, x + 24.0, y - 11.0, Paint::OnGap0);
            }
        }
    }
}

/// The mark of a value that is not agreed: a turned corner, up to the right.
pub(crate) fn corner(canvas: &Canvas<'_>, right: f64, top: f64, paint: Paint) {
    let corners = [(right - 9.0, top), (right, top), (right, top + 9.0)];
    canvas.shape(&corners, paint);
}
