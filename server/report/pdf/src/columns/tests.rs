use charts::{DecimalMark, Row};
use proptest::{collection::vec, prelude::*};

use super::*;

fn table(header: &str, columns: usize, cell: &Cell) -> Table {
    Table {
        caption: "Prov".to_owned(),
        columns: (0..=columns).map(|c| format!("{header} {c}")).collect(),
        rows: vec![Row {
            header: "Systematisk informationssäkerhet".to_owned(),
            cells: vec![cell.clone(); columns],
        }],
        conditions: Vec::new(),
        mark: DecimalMark::Comma,
    }
}

fn number() -> Cell {
    Cell::number_or(Some(-1.5), 1, "-")
}

#[test]
fn a_few_columns_stand_on_an_upright_page_and_fill_it() {
    let parts = parts(&table("Skillnad", 4, &number()));
    assert_eq!(parts.len(), 1);
    assert!(!parts[0].on_its_side && parts[0].turned.is_none());
    assert!((parts[0].widths.iter().sum::<f64>() - UPRIGHT).abs() < 0.1);
}

#[test]
fn fourteen_municipalities_stand_on_an_upright_page_with_turned_headers() {
    let parts = parts(&table("Trollhättan", 14, &number()));
    assert_eq!(parts.len(), 1);
    assert!(!parts[0].on_its_side && parts[0].turned.is_some());
}

#[test]
fn many_municipalities_are_split_and_none_is_lost() {
    let parts = parts(&table("Trollhättan", 290, &number()));
    assert!(parts.len() > 5);
    let all: Vec<usize> = parts.iter().flat_map(|part| part.columns.clone()).collect();
    assert_eq!(all, (1..=290).collect::<Vec<_>>());
    assert!(
        parts
            .iter()
            .all(|part| part.on_its_side && part.turned.is_some())
    );
}

#[test]
fn a_table_of_row_headers_alone_is_a_table_too() {
    assert_eq!(parts(&table("Förmåga", 0, &number())).len(), 1);
}

proptest! {
    #[test]
    fn whatever_the_words_every_column_comes_once_and_no_part_is_wider_than_its_page(
        header in "[a-zåäö ]{0,40}",
        texts in vec("[a-zåäö ]{0,60}", 0..40),
        numbers in 0_usize..60,
    ) {
        let mut table = table(&header, texts.len() + numbers, &number());
        for (cell, text) in table.rows[0].cells.iter_mut().zip(texts) {
            *cell = Cell::Text(text);
        }
        let parts = parts(&table);
        let all: Vec<usize> = parts.iter().flat_map(|part| part.columns.clone()).collect();
        prop_assert_eq!(all, (1..table.columns.len()).collect::<Vec<_>>());
        for part in parts {
            let page = if part.on_its_side { ON_ITS_SIDE } else { UPRIGHT };
            prop_assert_eq!(part.widths.len(), part.columns.len() + 1);
            prop_assert!(part.widths.iter().sum::<f64>() <= page + 0.1);
            prop_assert!(part.widths.iter().all(|width| *width > 2.0 * INSET));
        }
    }
}
