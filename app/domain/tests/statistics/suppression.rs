//! Small groups stay hidden.

use domain::statistics::suppression::{GroupSize, LeastGroup, Shown, hide_row, hide_table};
use proptest::{collection::vec, option, prelude::*};

#[test]
fn the_least_group_is_three_to_ten_and_never_lowered() {
    assert_eq!(LeastGroup::new(2), None);
    assert_eq!(LeastGroup::new(11), None);
    let six = LeastGroup::default();
    assert_eq!(six.get(), 6);
    let eight = LeastGroup::new(8).expect("8 is allowed");
    assert_eq!(six.raised_to(eight), Some(eight));
    assert_eq!(eight.raised_to(six), None);
    assert_eq!(six.class(0), GroupSize::Nobody);
    let told: Vec<String> = [0, 1, 5, 6]
        .map(|answers| six.class(answers).to_string())
        .into();
    assert_eq!(told, ["-", "1–5", "1–5", "6"]);
}

fn symbols(cells: &[Shown]) -> Vec<String> {
    cells.iter().map(Shown::to_string).collect()
}

#[test]
fn a_lone_small_group_is_hidden_together_with_the_smallest_other() {
    let row = hide_row(
        &[Some(2), Some(9), Some(8), Some(0), None],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&row.cells), ["..", "9", "..", "-", "."]);
    assert_eq!(row.total, Shown::Count(19));
}

#[test]
fn two_groups_of_one_are_not_betrayed_by_their_sum() {
    let row = hide_row(&[Some(1), Some(1), Some(8), Some(9)], LeastGroup::default());
    assert_eq!(symbols(&row.cells), ["..", "..", "..", "9"]);
}

#[test]
fn a_small_group_alone_takes_its_total_with_it() {
    let row = hide_row(&[Some(4), Some(0)], LeastGroup::default());
    assert_eq!(symbols(&row.cells), ["..", "-"]);
    assert_eq!(row.total, Shown::Hidden);
}

#[test]
fn a_table_without_small_groups_is_shown_as_it_is() {
    let table = hide_table(
        &[vec![Some(6), Some(7)], vec![Some(8)]],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&table.rows[0].cells), ["6", "7"]);
    assert_eq!(symbols(&table.rows[1].cells), ["8", "."]);
    assert_eq!(symbols(&table.column_totals), ["14", "7"]);
    assert_eq!(table.total, Shown::Count(21));
    let nothing = hide_table(&[], LeastGroup::default());
    assert_eq!((nothing.rows.len(), nothing.total), (0, Shown::Missing));
}

#[test]
fn a_small_group_in_a_table_is_hidden_by_a_rectangle() {
    let table = hide_table(
        &[
            vec![Some(2), Some(7), Some(30)],
            vec![Some(8), Some(9), Some(40)],
            vec![Some(50), Some(60), Some(70)],
        ],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&table.rows[0].cells), ["..", "..", "30"]);
    assert_eq!(symbols(&table.rows[1].cells), ["..", "..", "40"]);
    assert_eq!(symbols(&table.rows[2].cells), ["50", "60", "70"]);
    assert_eq!(symbols(&table.column_totals), ["60", "76", "140"]);
}

fn table() -> impl Strategy<Value = Vec<Vec<Option<u32>>>> {
    let cell = prop_oneof![
        4 => (1..4_u32).prop_map(Some),
        2 => (4..9_u32).prop_map(Some),
        1 => Just(Some(0)),
        1 => Just(None),
    ];
    (1..=3_usize, 1..=3_usize)
        .prop_flat_map(move |(rows, columns)| vec(vec(cell.clone(), columns), rows))
}

/// Numbers with their totals as last row and column.
fn with_totals(cells: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut table: Vec<Vec<i64>> = cells
        .iter()
        .map(|row| row.iter().copied().chain([row.iter().sum()]).collect())
        .collect();
    let totals = (0..table[0].len())
        .map(|column| table.iter().map(|row| row[column]).sum())
        .collect();
    table.push(totals);
    table
}

/// Whether every hidden number, totals included, has another table that explains what is
/// shown. Tries every change of the cells by at most one.
fn each_hidden_number_has_an_alternative(cells: &[Vec<i64>], shown: &[Vec<Shown>]) -> bool {
    let (rows, columns) = (cells.len(), cells[0].len());
    let original = with_totals(cells);
    let mut open: Vec<Vec<bool>> = shown
        .iter()
        .map(|row| row.iter().map(|&cell| cell == Shown::Hidden).collect())
        .collect();
    let hidden: Vec<(usize, usize)> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .filter(|&(row, column)| open[row][column])
        .collect();
    for change in 0..3_u32.pow(u32::try_from(hidden.len()).expect("few cells")) {
        let mut digits = change;
        let mut other = cells.to_vec();
        for &(row, column) in &hidden {
            other[row][column] += i64::from(digits % 3) - 1;
            digits /= 3;
        }
        let other = with_totals(&other);
        let consistent = (0..=rows).all(|row| {
            (0..=columns).all(|column| match shown[row][column] {
                Shown::Hidden => other[row][column] >= 1,
                _ => other[row][column] == original[row][column],
            })
        });
        if consistent {
            for (row, column) in (0..=rows).flat_map(|r| (0..=columns).map(move |c| (r, c))) {
                open[row][column] &= other[row][column] == original[row][column];
            }
        }
    }
    open.iter().flatten().all(|&derivable| !derivable)
}

proptest! {
    #[test]
    fn no_small_group_in_a_row_is_shown_or_derivable(row in vec(option::of(0..12_u32), 1..7)) {
        let least = LeastGroup::new(4).expect("4 is allowed");
        let found = hide_row(&row, least);
        for (cell, shown) in row.iter().zip(&found.cells) {
            prop_assert!(!matches!((cell, shown), (Some(1..4), Shown::Count(_))));
        }
        if found.total != Shown::Hidden {
            let hidden: Vec<u32> = row
                .iter()
                .zip(&found.cells)
                .filter(|(_, shown)| **shown == Shown::Hidden)
                .filter_map(|(cell, _)| *cell)
                .collect();
            let people: u32 = hidden.iter().sum();
            prop_assert!(hidden.len() != 1, "a lone hidden cell is what the total lacks");
            prop_assert!(hidden.is_empty() || people as usize > hidden.len(), "not all of them one");
        }
    }

    #[test]
    fn no_hidden_number_of_a_table_can_be_derived_from_its_totals(table in table()) {
        let least = LeastGroup::new(4).expect("4 is allowed");
        let found = hide_table(&table, least);
        let cells: Vec<Vec<i64>> = table
            .iter()
            .map(|row| row.iter().map(|cell| i64::from(cell.unwrap_or(0))).collect())
            .collect();
        let mut shown: Vec<Vec<Shown>> = found
            .rows
            .iter()
            .map(|row| row.cells.iter().copied().chain([row.total]).collect())
            .collect();
        shown.push(found.column_totals.iter().copied().chain([found.total]).collect());
        for (row, shown) in with_totals(&cells).iter().zip(&shown) {
            for (number, shown) in row.iter().zip(shown) {
                match shown {
                    Shown::Count(count) => {
                        prop_assert!(*number >= 4 && u64::try_from(*number) == Ok(*count));
                    }
                    Shown::Hidden => prop_assert!(*number > 0),
                    Shown::Missing | Shown::NotApplicable => prop_assert_eq!(*number, 0),
                }
            }
        }
        prop_assert!(each_hidden_number_has_an_alternative(&cells, &shown));
    }
}
