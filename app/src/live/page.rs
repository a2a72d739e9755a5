//! The page around a live view.

use leptos::prelude::*;

use super::{Class, Scene, part::Part};

/// What the page's script needs to know, and the view as it stands. Each form gets an id of its own from `op`.
pub fn view(
    scene: &Scene,
    class: Class,
    person: &str,
    tree: &Part,
    mine: Option<&Part>,
    mut op: impl FnMut() -> String,
) -> AnyView {
    let texts = scene.texts;
    let flat = tree.flatten();
    let at = format!("{}-{}", scene.state.seq, flat.hash());
    let mut html = tree.to_page();
    if let Some(mine) = mine {
        html.push_str(&mine.to_page());
    }
    let html = fill_ops(&html, &mut op);
    let address = |path: &str| scene.address(format!("{path}?vy={}", class.code()));
    view! {
        <div
            id="live"
            class=format!("live {}", class.code())
            data-stream=address("/strom")
            data-poll=address("/lage")
            data-post=scene.address("/gor")
            data-person=person.to_owned()
            data-at=at
            data-pending-label=texts.live_pending()
        >
            <p id="anslutning" class="connection" role="status" data-ok=texts.live_connected() data-waiting=texts.live_waiting() data-offline=texts.live_offline() data-polling=texts.live_polling()></p>
            <div id="besked" class="live-alert" role="alert"></div>
            <div id="besked-skarm" class="visually-hidden" role="status" aria-live="assertive"></div>
            <div id="live-rot" inner_html=html></div>
            <ul id="vantar" class="pending" data-pending></ul>
            <noscript><p class="notice"><a href="">{texts.live_reload()}</a></p></noscript>
        </div>
    }
    .into_any()
}

/// Puts an id of its own into every form, so that a repeated post is the same command.
fn fill_ops(html: &str, op: &mut impl FnMut() -> String) -> String {
    let mut pieces = html.split(r#"value="{op}""#);
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        filled.push_str(&format!(r#"value="{}""#, op()));
        filled.push_str(piece);
    }
    filled
}
