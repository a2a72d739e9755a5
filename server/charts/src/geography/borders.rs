//! Borders from `data/borders.txt`, brought to a picture's size with no more points than the eye needs.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use domain::municipality::Municipality;

use super::Point;

const BORDERS: &str = include_str!("../../data/borders.txt");

/// How far a simplified border may lie from the true one, in units of the picture: of few, and of very many, whose
/// borders would weigh too much.
const TOLERANCE: (f64, f64) = (0.8, 1.0);
/// More than this are very many.
const MANY: usize = 100;

/// A border as a side of a ring.
#[derive(Clone, Copy, Debug)]
struct Side {
    arc: usize,
    backwards: bool,
}

/// The borders of all municipalities, in hundreds of metres east and north (SWEREF 99 TM).
pub(crate) struct Country {
    arcs: Vec<Vec<Point>>,
    shapes: BTreeMap<Municipality, Vec<Vec<Side>>>,
}

/// Municipalities as they are drawn, the northernmost and westernmost at 0.
pub(crate) struct MapShape {
    /// The rings of each municipality, the largest first, in the order asked for.
    pub(crate) rings: Vec<Vec<Vec<Point>>>,
    /// Borders between two that are shown.
    pub(crate) inner: Vec<Vec<Point>>,
    /// Coasts, and borders to those that are not shown.
    pub(crate) outer: Vec<Vec<Point>>,
    /// Its width.
    pub(crate) width: f64,
    /// Its height.
    pub(crate) height: f64,
}

static SWEDEN: LazyLock<Country> = LazyLock::new(|| Country::read(BORDERS));

impl Country {
    /// Sweden.
    pub(crate) fn sweden() -> &'static Self {
        &SWEDEN
    }

    fn read(text: &str) -> Self {
        let mut country = Self {
            arcs: Vec::new(),
            shapes: BTreeMap::new(),
        };
        for line in text.lines() {
            let Some((head, rest)) = line.split_once(' ') else {
                continue;
            };
            if head == "arc" {
                country.arcs.push(arc(rest));
            } else if let Ok(municipality) = head.parse() {
                let rings = rest.split(" / ").map(sides).collect();
                country.shapes.insert(municipality, rings);
            }
        }
        country
    }

    /// Pairs of those shown, by their places, that have a border in common.
    pub(crate) fn neighbours(&self, shown: &[Municipality]) -> Vec<(usize, usize)> {
        let pairs: BTreeSet<_> = (self.users(shown).into_values())
            .filter_map(|users| match users.as_slice() {
                [a, b] if a != b => Some((*a.min(b), *a.max(b))),
                _ => None,
            })
            .collect();
        pairs.into_iter().collect()
    }

    /// The middle of each one's largest part, in hundreds of metres east and north.
    pub(crate) fn middles(&self, shown: &[Municipality]) -> Vec<Point> {
        (shown.iter())
            .map(|municipality| {
                (self.rings(*municipality).map(|ring| self.ring(ring)))
                    .max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()))
                    .map_or((0.0, 0.0), |ring| middle(&ring))
            })
            .collect()
    }

    /// Those shown, as large as they can be within this room.
    pub(crate) fn drawn(&self, shown: &[Municipality], room: Point) -> MapShape {
        let users = self.users(shown);
        let points = || users.keys().flat_map(|arc| &self.arcs[*arc]);
        let least = |of: fn(&Point) -> f64| points().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Point) -> f64| points().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (west, north) = (least(|p| p.0), most(|p| p.1));
        let size = (most(|p| p.0) - west, north - least(|p| p.1));
        if users.is_empty() {
            return MapShape {
                rings: vec![Vec::new(); shown.len()],
                inner: Vec::new(),
                outer: Vec::new(),
                width: 0.0,
                height: 0.0,
            };
        }
        let scale = (room.0 / size.0).min(room.1 / size.1);
        let placed = |&(x, y): &Point| ((x - west) * scale, (north - y) * scale);
        let tolerance = if shown.len() > MANY {
            TOLERANCE.1
        } else {
            TOLERANCE.0
        };
        let arcs: HashMap<usize, Vec<Point>> = (users.keys())
            .map(|&arc| {
                let points: Vec<Point> = self.arcs[arc].iter().map(placed).collect();
                (arc, simplified(&points, tolerance))
            })
            .collect();
        let rings = (shown.iter())
            .map(|municipality| {
                let mut rings: Vec<_> = (self.rings(*municipality))
                    .map(|ring| {
                        let drawn = joined(ring.iter().map(|side| (side, &arcs[&side.arc])));
                        let true_to_life: Vec<Point> = self.ring(ring).iter().map(placed).collect();
                        (drawn, true_to_life)
                    })
                    .collect();
                rings.sort_by(|(_, a), (_, b)| area(b).abs().total_cmp(&area(a).abs()));
                // Islets that would be specks are left out, but never the whole municipality.
                (rings.into_iter().enumerate())
                    .filter_map(|(index, (drawn, true_to_life))| {
                        if drawn.len() >= 3 && area(&drawn).abs() >= 3.0 {
                            Some(drawn)
                        } else {
                            (index == 0).then_some(true_to_life)
                        }
                    })
                    .collect()
            })
            .collect();
        let with = |wanted: usize| {
            (users.iter())
                .filter(|(_, users)| users.len() == wanted)
                .map(|(arc, _)| arcs[arc].clone())
                .filter(|line| wanted == 2 || length(line) > 4.0)
                .collect()
        };
        MapShape {
            rings,
            inner: with(2),
            outer: with(1),
            width: size.0 * scale,
            height: size.1 * scale,
        }
    }

    fn rings(&self, municipality: Municipality) -> impl Iterator<Item = &Vec<Side>> {
        self.shapes.get(&municipality).into_iter().flatten()
    }

    fn ring(&self, sides: &[Side]) -> Vec<Point> {
        joined(sides.iter().map(|side| (side, &self.arcs[side.arc])))
    }

    /// Which of those shown have each arc as a side.
    fn users(&self, shown: &[Municipality]) -> BTreeMap<usize, Vec<usize>> {
        let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, municipality) in shown.iter().enumerate() {
            for side in self.rings(*municipality).flatten() {
                if side.arc < self.arcs.len() {
                    users.entry(side.arc).or_default().push(index);
                }
            }
        }
        users
    }
}

fn arc(text: &str) -> Vec<Point> {
    let numbers: Vec<f64> = text
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    let mut at = (0.0, 0.0);
    (numbers.chunks_exact(2))
        .map(|step| {
            at = (at.0 + step[0], at.1 + step[1]);
            at
        })
        .collect()
}

fn sides(text: &str) -> Vec<Side> {
    (text.split(' '))
        .filter_map(|word| {
            let number: i32 = word.parse().ok()?;
            Some(Side {
                arc: usize::try_from(number.unsigned_abs().checked_sub(1)?).ok()?,
                backwards: number < 0,
            })
        })
        .collect()
}

/// A ring from its sides, each of which begins where the one before ends. The first point is not repeated.
fn joined<'a>(sides: impl Iterator<Item = (&'a Side, &'a Vec<Point>)>) -> Vec<Point> {
    let mut ring = Vec::new();
    for (side, arc) in sides {
        if side.backwards {
            ring.extend(arc.iter().skip(1).rev());
        } else {
            ring.extend(arc.iter().take(arc.len() - 1));
        }
    }
    ring
}

/// A line with the fewest points that stays within the tolerance (Douglas & Peucker, 1973). Its ends stay.
fn simplified(line: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(last) = line.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    keep[last] = true;
    let mut parts = vec![(0, last)];
    while let Some((from, to)) = parts.pop() {
        let farthest = (from + 1..to)
            .map(|index| (index, distance(line[index], line[from], line[to])))
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((index, _)) = farthest.filter(|(_, away)| *away > tolerance) {
            keep[index] = true;
            parts.extend([(from, index), (index, to)]);
        }
    }
    (line.iter().zip(keep))
        .filter_map(|(point, keep)| keep.then_some(*point))
        .collect()
}

fn length(line: &[Point]) -> f64 {
    (line.windows(2))
        .map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1))
        .sum()
}

/// From a point to a line between two others.
pub(super) fn distance(point: Point, from: Point, to: Point) -> f64 {
    let along = (to.0 - from.0, to.1 - from.1);
    let squared = along.0 * along.0 + along.1 * along.1;
    let away = (point.0 - from.0, point.1 - from.1);
    let share = if squared > 0.0 {
        ((away.0 * along.0 + away.1 * along.1) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (away.0 - share * along.0).hypot(away.1 - share * along.1)
}

/// The area of a ring, negative when it runs the other way.
fn area(ring: &[Point]) -> f64 {
    corners(ring)
        .map(|(a, b)| (a.0 * b.1 - b.0 * a.1) / 2.0)
        .sum()
}

/// The centre of gravity of a ring.
fn middle(ring: &[Point]) -> Point {
    let Some(&origin) = ring.first() else {
        return (0.0, 0.0);
    };
    let (mut x, mut y, mut twice) = (0.0, 0.0, 0.0);
    for (a, b) in corners(ring) {
        let (a, b) = (
            (a.0 - origin.0, a.1 - origin.1),
            (b.0 - origin.0, b.1 - origin.1),
        );
        let cross = a.0 * b.1 - b.0 * a.1;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
        twice += cross;
    }
    if twice.abs() < f64::EPSILON {
        return origin;
    }
    (origin.0 + x / (3.0 * twice), origin.1 + y / (3.0 * twice))
}

/// Each point of a ring with the next.
pub(super) fn corners(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(a, b)| (*a, *b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_has_closed_borders_about_as_large_as_it_is() {
        let sweden = Country::sweden();
        assert_eq!(sweden.shapes.len(), 290);
        for municipality in Municipality::all() {
            for ring in sweden.rings(municipality) {
                for (index, side) in ring.iter().enumerate() {
                    let end = |side: &Side, last: bool| {
                        let arc = &sweden.arcs[side.arc];
                        *(if last == side.backwards {
                            arc.first()
                        } else {
                            arc.last()
                        })
                        .expect("no arc is empty")
                    };
                    let next = &ring[(index + 1) % ring.len()];
                    assert_eq!(end(side, true), end(next, false), "{municipality:?}");
                }
            }
        }
        let of = |code: &str| {
            let municipality = code.parse().expect("a code");
            let rings = sweden
                .rings(municipality)
                .map(|ring| area(&sweden.ring(ring)).abs() / 100.0);
            rings.sum::<f64>()
        };
        // Square kilometres with lakes, by Statistics Sweden: Kiruna 20 553, Sundbyberg 9.
        assert!((of("2584") / 20_553.0 - 1.0).abs() < 0.05, "{}", of("2584"));
        assert!(
            of("0183") > 4.0 && of("0183") < 16.0,
            "Sundbyberg: {}",
            of("0183")
        );
    }

    #[test]
    fn neighbours_are_those_with_a_border_in_common() {
        let shown = ["1485", "1487", "1480", "0980"].map(|code| code.parse().expect("a code"));
        // Uddevalla and Vänersborg; Göteborg and Gotland lie apart.
        assert_eq!(Country::sweden().neighbours(&shown), [(0, 1)]);
    }

    #[test]
    fn a_map_fills_its_room_one_way_and_keeps_within_it_the_other() {
        let all: Vec<_> = Municipality::all().collect();
        for shown in [Municipality::fyrbodal(), all] {
            let map = Country::sweden().drawn(&shown, (500.0, 600.0));
            assert!((map.height - 600.0).abs() < 1e-6 && map.width <= 500.0);
            for (x, y) in map.rings.iter().flatten().flatten() {
                assert!((-1e-6..=map.width + 1e-6).contains(x));
                assert!((-1e-6..=map.height + 1e-6).contains(y));
            }
            assert!(
                map.rings
                    .iter()
                    .all(|rings| rings.first().is_some_and(|ring| ring.len() >= 3))
            );
        }
    }
}
