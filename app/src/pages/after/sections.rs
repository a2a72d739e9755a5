//! Pieces of text as HTML.

use leptos::prelude::*;

use super::words::Piece;

/// Pieces in order, under an `h2`.
pub(super) fn pieces(all: &[Piece]) -> AnyView {
    let views: Vec<_> = all.iter().map(view).collect();
    view! { {views} }.into_any()
}

fn view(piece: &Piece) -> AnyView {
    match piece {
        Piece::Paragraph(words) => view! { <p class="lines">{words.clone()}</p> }.into_any(),
        Piece::Marked(mark, words) => view! {
            <p class="decision lines"><strong>{mark.clone()}</strong>" "{words.clone()}</p>
        }
        .into_any(),
        Piece::Heading(words) => view! { <h3>{words.clone()}</h3> }.into_any(),
        Piece::Subheading(words) => view! { <h4>{words.clone()}</h4> }.into_any(),
        Piece::List(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| view! { <li>{item.clone()}</li> })
                .collect();
            view! { <ul>{items}</ul> }.into_any()
        }
        Piece::Table {
            caption,
            head,
            rows,
        } => table(caption, head, rows),
    }
}

fn table(caption: &str, head: &[String], rows: &[Vec<String>]) -> AnyView {
    let is_number = |cell: &String| cell.parse::<u32>().is_ok();
    let numeric: Vec<_> = (0..head.len())
        .map(|column| {
            column > 0
                && rows
                    .iter()
                    .all(|row| row.get(column).is_some_and(is_number))
        })
        .collect();
    let class = |column: usize| {
        numeric
            .get(column)
            .copied()
            .unwrap_or(false)
            .then_some("number")
    };
    let head: Vec<_> = (head.iter().enumerate())
        .map(|(column, words)| view! { <th scope="col" class=class(column)>{words.clone()}</th> })
        .collect();
    let rows: Vec<_> = (rows.iter())
        .map(|cells| {
            let cells: Vec<_> = (cells.iter().enumerate())
                .map(|(column, cell)| match column {
                    0 => view! { <th scope="row">{cell.clone()}</th> }.into_any(),
                    _ => view! { <td class=class(column)>{cell.clone()}</td> }.into_any(),
                })
                .collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption.to_owned()>
            <table class="data">
                <caption>{caption.to_owned()}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
