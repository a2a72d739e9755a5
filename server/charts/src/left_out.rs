//! What a picture leaves out because it would grow too tall to be read. Its table has everything.

use crate::{
    canvas::{Canvas, Setting, count},
    lettering::{LINE_HEIGHT, wrapped},
    paint::Paint,
    texts::filled_in,
};

/// The most rows of a picture that says how many it leaves out.
pub const MOST_ROWS: usize = 40;

/// Space above the note.
const ABOVE: f64 = 12.0;

/// The note that says how many rows are in the table alone; nothing when the picture has them all.
pub(crate) struct LeftOut {
    lines: Vec<String>,
    setting: Setting,
}

impl LeftOut {
    /// For this many rows, of which the picture has the first `most`. `template` has `{count}`.
    pub(crate) fn new(
        rows: usize,
        most: usize,
        template: &str,
        setting: Setting,
        width: f64,
    ) -> Self {
        let number = rows.saturating_sub(most);
        let lines = if number == 0 {
            Vec::new()
        } else {
            let said = filled_in(template, &[("count", &number.to_string())]);
            wrapped(&said, width, setting.size, false)
        };
        Self {
            lines,
            setting: setting.paint(Paint::InkSoft),
        }
    }

    /// How tall it is.
    pub(crate) fn height(&self) -> f64 {
        if self.lines.is_empty() {
            0.0
        } else {
            ABOVE + count(self.lines.len()) * self.setting.size * LINE_HEIGHT
        }
    }

    /// Draws it below `top`.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, left: f64, top: f64) {
        if self.lines.is_empty() {
            return;
        }
        let middle = top + ABOVE + (self.height() - ABOVE) / 2.0;
        canvas.group("left-out", None, || {
            canvas.lines(&self.lines, left, middle, self.setting);
        });
    }
}
