//! How to come in: the QR code, the address and the code.

use leptos::prelude::*;

use crate::{
    live::{Scene, part::Part},
    pages::link_sheet::qr,
};

/// How many letters of the code stand together.
const GROUP: usize = 3;

/// The code in capital letters and groups, as it is read aloud.
fn code(code: &str) -> AnyView {
    let letters: Vec<char> = code.to_uppercase().chars().collect();
    let groups: Vec<_> = (letters.chunks(GROUP))
        .map(|group| view! { <span>{group.iter().collect::<String>()}</span> })
        .collect();
    view! { <strong class="code">{groups}</strong> }.into_any()
}

/// The way in, or that it is closed.
pub(in crate::live) fn join(scene: &Scene) -> Part {
    let texts = scene.texts;
    let Some(letters) = &scene.code else {
        let words = if scene.stage.ended_at.is_some() {
            texts.live_join_over()
        } else {
            texts.live_join_later()
        };
        return Part::leaf(
            "gamed",
            view! { <div id="gamed" class="join"><p class="muted">{words}</p></div> },
        );
    };
    let picture = qr(&scene.join_url).map(|(size, path)| {
        // Four modules of quiet around, as the standard asks.
        view! {
            <svg class="qr" viewBox=format!("-4 -4 {0} {0}", size + 8) role="img" aria-label=texts.live_join_picture(&scene.short_url) shape-rendering="crispEdges">
                <path d=path fill="currentColor" />
            </svg>
        }
    });
    // Long addresses break after their dots and slashes rather than anywhere.
    let mut pieces = Vec::new();
    for piece in scene.short_url.split_inclusive(['.', '/']) {
        pieces.push(view! { {piece.to_owned()}<wbr /> });
    }
    Part::leaf(
        "gamed",
        view! {
            <div id="gamed" class="join">
                <h2>{texts.live_join_title()}</h2>
                {picture}
                <p class="way">
                    <span>{texts.live_join_scan()}</span>
                    " "
                    <b class="short">{pieces}</b>
                    " "
                    <span class="visually-hidden">{texts.live_join_code()}</span>
                    " "
                    {code(letters)}
                </p>
            </div>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::Activity;

    use super::*;
    use crate::live::sample::scene;

    #[test]
    fn the_code_is_read_in_groups_of_capital_letters_beside_address_and_picture() {
        let html = join(&scene(Activity::Talk)).to_page();
        assert!(html.contains("<span>K7M</span><span>4PX</span>"), "{html}");
        assert!(html.contains("example.<wbr>se/<wbr>w"), "{html}");
        assert!(html.contains("class=\"qr\""), "{html}");
    }

    #[test]
    fn without_a_code_nothing_says_how_to_come_in() {
        let mut scene = scene(Activity::Talk);
        scene.code = None;
        let html = join(&scene).to_page();
        assert!(
            !html.contains("qr") && !html.contains("example.se"),
            "{html}"
        );
    }
}
