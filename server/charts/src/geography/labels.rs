//! Where labels stand on a map: inside what they name where they have room, else in a column beside the map.

use super::{
    Point,
    borders::{corners, distance},
};

/// How close a label inside may come to a border.
const MARGIN: f64 = 2.0;

/// The roomiest place inside a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// The middle of the place.
    pub(crate) at: Point,
    /// Whether a label of the size asked for has room there.
    pub(crate) fits: bool,
}

/// A label beside the map, led to what it names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Aside {
    /// Which of those given.
    pub(crate) index: usize,
    /// Where it leads.
    pub(crate) from: Point,
    /// Whether it stands to the left of the map.
    pub(crate) left: bool,
    /// The middle of its line.
    pub(crate) y: f64,
}

/// The roomiest place for a label of this size.
pub(crate) fn spot(rings: &[Vec<Point>], size: Point) -> Option<Spot> {
    let largest = rings.first()?;
    let least =
        |of: fn(&Point) -> f64| -> f64 { largest.iter().map(of).fold(f64::INFINITY, f64::min) };
    let most =
        |of: fn(&Point) -> f64| -> f64 { largest.iter().map(of).fold(f64::NEG_INFINITY, f64::max) };
    let (left, right) = (least(|p| p.0), most(|p| p.0));
    let (top, bottom) = (least(|p| p.1), most(|p| p.1));
    // Distances in the shape of the label, so that a wide one is put where it is wide.
    let squeeze = size.1 / size.0.max(1.0);
    let squeezed = |(x, y): Point| (x * squeeze, y);
    let large = right - left > size.0 && bottom - top > size.1;
    let share = |step: u32| f64::from(step) / f64::from(STEPS);
    let places = (1..STEPS).flat_map(|across| (1..STEPS).map(move |down| (across, down)));
    let best = places
        .map(|(across, down)| {
            (
                left + (right - left) * share(across),
                top + (bottom - top) * share(down),
            )
        })
        .filter(|at| inside(largest, *at))
        .map(|at| {
            let room = corners(largest)
                .map(|(a, b)| distance(squeezed(at), squeezed(a), squeezed(b)))
                .fold(f64::INFINITY, f64::min);
            let fits = large && corners(largest).all(|(a, b)| !crosses(a, b, at, size, MARGIN));
            (Spot { at, fits }, room)
        })
        .max_by(|(a, near), (b, far)| a.fits.cmp(&b.fits).then(near.total_cmp(far)));
    best.map(|(spot, _)| spot).or_else(|| {
        let at = *largest.first()?;
        Some(Spot { at, fits: false })
    })
}

/// How finely a shape is searched.
const STEPS: u32 = 22;

/// Lays out labels beside a map of this size, each with its line's height, as near what they name as they get
/// without touching each other, and so that lines do not cross. `inside` are the labels on the map, middle and size,
/// which lines rather pass by.
pub(crate) fn aside(
    anchors: &[(usize, Point)],
    inside: &[(Point, Point)],
    size: Point,
    line: f64,
) -> Vec<Aside> {
    let mut labels: Vec<Aside> = (anchors.iter())
        .map(|&(index, from)| {
            let cost = |edge: f64| {
                let over = (inside.iter())
                    .filter(|(at, size)| crosses(from, (edge, from.1), *at, *size, 0.0));
                (edge - from.0).abs() + 200.0 * crate::canvas::count(over.count())
            };
            Aside {
                index,
                from,
                left: cost(0.0) <= cost(size.0),
                y: from.1,
            }
        })
        .collect();
    balance(&mut labels, size, line);
    for left in [true, false] {
        let mut column: Vec<&mut Aside> = (labels.iter_mut())
            .filter(|aside| aside.left == left)
            .collect();
        column.sort_by(|a, b| a.from.1.total_cmp(&b.from.1));
        let wanted: Vec<f64> = column.iter().map(|aside| aside.y).collect();
        let heights = apart(&wanted, line, (line / 2.0, size.1 - line / 2.0));
        for (aside, y) in column.iter_mut().zip(heights) {
            aside.y = y;
        }
        let edge = if left { -8.0 } else { size.0 + 8.0 };
        untangle(&mut column, edge);
    }
    labels
}

/// Moves labels to the other side where one side has more than it has room for.
fn balance(labels: &mut [Aside], size: Point, line: f64) {
    let room = |count: usize| crate::canvas::count(count) * line <= size.1;
    for left in [true, false] {
        while !room(labels.iter().filter(|aside| aside.left == left).count()) {
            let nearest = (labels.iter_mut())
                .filter(|aside| aside.left == left)
                .min_by(|a, b| {
                    let over = |aside: &Aside| {
                        if left {
                            size.0 - aside.from.0
                        } else {
                            aside.from.0
                        }
                    };
                    over(a).total_cmp(&over(b))
                });
            let Some(nearest) = nearest else { break };
            nearest.left = !left;
            if room(labels.iter().filter(|aside| aside.left == left).count())
                || labels.iter().all(|aside| aside.left != left)
            {
                break;
            }
        }
    }
}

/// Changes places of labels whose lines cross, as long as there are any.
fn untangle(column: &mut [&mut Aside], edge: f64) {
    for _ in 0..column.len() {
        let mut calm = true;
        for first in 0..column.len() {
            for second in first + 1..column.len() {
                let (a, b) = (*column[first], *column[second]);
                if cross((a.from, (edge, a.y)), (b.from, (edge, b.y))) {
                    column[first].y = b.y;
                    column[second].y = a.y;
                    calm = false;
                }
            }
        }
        if calm {
            return;
        }
    }
}

/// Heights as near those wanted (in rising order) as they can be with this much between them, within the limits. Where
/// there is not room for all, they stand closer.
pub(crate) fn apart(wanted: &[f64], between: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let spaces = crate::canvas::count(wanted.len().saturating_sub(1));
    let between = if spaces > 0.0 {
        between.min(((bottom - top) / spaces).max(0.0))
    } else {
        between
    };
    // Blocks of those that stand close: mean of what they want, less their place within the block; and how many.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &height in wanted {
        let mut block = (height, 1);
        while let Some(&(before, many)) = blocks.last() {
            if before + crate::canvas::count(many) * between <= block.0 {
                break;
            }
            blocks.pop();
            let (first, second) = (crate::canvas::count(many), crate::canvas::count(block.1));
            let mean = (before * first + (block.0 - first * between) * second) / (first + second);
            block = (mean, many + block.1);
        }
        blocks.push(block);
    }
    let mut heights: Vec<f64> = (blocks.iter())
        .flat_map(|&(first, many)| {
            (0..many).map(move |place| first + crate::canvas::count(place) * between)
        })
        .collect();
    let mut least = top;
    for height in &mut heights {
        *height = height.max(least);
        least = *height + between;
    }
    let mut most = bottom;
    for height in heights.iter_mut().rev() {
        *height = height.min(most);
        most = *height - between;
    }
    heights
}

fn inside(ring: &[Point], (x, y): Point) -> bool {
    let crossings = corners(ring)
        .filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0);
    crossings.count() % 2 == 1
}

/// Whether a line meets a box around a middle, or comes closer to it than a margin.
fn crosses(from: Point, to: Point, middle: Point, size: Point, margin: f64) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, step, centre, extent) in [
        (from.0, to.0 - from.0, middle.0, size.0),
        (from.1, to.1 - from.1, middle.1, size.1),
    ] {
        let half = extent / 2.0 + margin;
        let (low, high) = (centre - half - start, centre + half - start);
        if step.abs() < 1e-9 {
            if low > 0.0 || high < 0.0 {
                return false;
            }
            continue;
        }
        let (a, b) = (low / step, high / step);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
}

/// Whether two lines cross.
fn cross(a: (Point, Point), b: (Point, Point)) -> bool {
    let side = |(from, to): (Point, Point), point: Point| {
        (to.0 - from.0) * (point.1 - from.1) - (to.1 - from.1) * (point.0 - from.0)
    };
    side(a, b.0) * side(a, b.1) < 0.0 && side(b, a.0) * side(b, a.1) < 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_label_stands_in_the_wide_part_of_a_shape_or_says_that_it_does_not_fit() {
        // An L: a tall narrow part to the left, a wide low part at the bottom.
        let ell = vec![
            (0.0, 0.0),
            (20.0, 0.0),
            (20.0, 80.0),
            (120.0, 80.0),
            (120.0, 120.0),
            (0.0, 120.0),
        ];
        let found = spot(std::slice::from_ref(&ell), (60.0, 20.0)).expect("a place");
        assert!(found.fits && found.at.1 > 80.0, "{found:?}");
        let found = spot(&[ell], (200.0, 20.0)).expect("a place");
        assert!(!found.fits);
        assert_eq!(spot(&[], (10.0, 10.0)), None);
    }

    #[test]
    fn lines_to_labels_beside_a_map_do_not_cross() {
        let anchors: Vec<(usize, Point)> = (0..20)
            .map(|index| {
                let at = f64::from(u32::try_from(index * 37 % 100).expect("small"));
                (
                    index,
                    (at, f64::from(u32::try_from(index).expect("small")) * 3.0),
                )
            })
            .collect();
        let labels = aside(&anchors, &[], (100.0, 300.0), 20.0);
        assert_eq!(labels.len(), anchors.len());
        for (index, a) in labels.iter().enumerate() {
            for b in labels[index + 1..].iter().filter(|b| b.left == a.left) {
                let edge = if a.left { -8.0 } else { 108.0 };
                assert!((a.y - b.y).abs() >= 20.0 - 1e-6, "{a:?} {b:?}");
                assert!(!cross((a.from, (edge, a.y)), (b.from, (edge, b.y))));
            }
        }
    }

    proptest! {
        #[test]
        fn labels_keep_apart_and_in_order_and_move_only_when_they_must(
            mut wanted in prop::collection::vec(0.0..500.0_f64, 0..25),
        ) {
            wanted.sort_by(f64::total_cmp);
            let heights = apart(&wanted, 20.0, (0.0, 500.0));
            prop_assert_eq!(heights.len(), wanted.len());
            for pair in heights.windows(2) {
                prop_assert!(pair[1] - pair[0] >= 20.0 - 1e-6);
            }
            prop_assert!(heights.iter().all(|height| (-1e-6..=500.0 + 1e-6).contains(height)));
            if wanted.windows(2).all(|pair| pair[1] - pair[0] >= 20.0) {
                prop_assert_eq!(heights, wanted);
            }
        }
    }
}
