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
            data-post=address("/gor")
            data-person=person.to_owned()
            data-at=at
        >
            <p
                id="anslutning"
                class="connection"
                role="status"
                data-ok=texts.live_connected()
                data-waiting=texts.live_waiting()
                data-offline=texts.live_offline()
                data-polling=texts.live_polling()
            ></p>
            <div
                id="besked"
                class="live-alert"
                role="alert"
                data-refused=texts.live_refused()
                data-words=texts.live_words_back()
                data-copy-label=texts.live_copy_words()
                data-close-label=texts.live_close_words()
                data-storage=texts.live_storage()
                data-removed=texts.live_removed()
            ></div>
            <div id="besked-skarm" class="visually-hidden" role="status" aria-live="assertive"></div>
            <div id="live-rot" inner_html=html></div>
            <ul id="vantar" class="pending" data-pending data-pending-label=texts.live_pending()></ul>
            <noscript><p class="notice"><a href="">{texts.live_reload()}</a></p></noscript>
        </div>
    }
    .into_any()
}

/// Where a form's id goes.
const OP: &str = r#"value="{op}""#;

/// Puts an id of its own into every form, so that a repeated post is the same command. The same words outside a tag
/// are somebody's text and stay as they are.
fn fill_ops(html: &str, op: &mut impl FnMut() -> String) -> String {
    let mut pieces = html.split(OP);
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if filled.rfind('<') > filled.rfind('>') {
            filled.push_str(&OP.replace("{op}", &op()));
        } else {
            filled.push_str(OP);
        }
        filled.push_str(piece);
    }
    filled
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, CardKind};

    use super::*;
    use crate::live::{leader, participant, sample};

    #[test]
    fn every_form_has_an_id_of_its_own_and_what_people_write_stays_as_it_is() {
        let mut scene = sample::scene(Activity::Talk);
        let written = r#"Text med value="{op}" i"#;
        sample::write(&mut scene, 60, 1, CardKind::Reflection, written, None);
        let tree = leader::scene(&scene);
        let mut n = 0;
        let page = view(&scene, Class::Leader, "någon", &tree, None, || {
            n += 1;
            format!("nummer-{n}")
        })
        .to_html();
        let forms = page.matches("<form").count();
        assert!(forms > 10);
        assert_eq!(n, forms);
        for n in 1..=forms {
            assert_eq!(page.matches(&format!("\"nummer-{n}\"")).count(), 1, "{n}");
        }
        let untouched = page.matches(OP).count();
        assert_eq!(untouched, page.matches(written).count());
        assert!(untouched > 0, "{page}");
    }

    #[test]
    fn both_trees_stand_in_the_page_with_the_state_they_show() {
        let scene = sample::scene(Activity::Writing);
        let tree = participant::scene(&scene);
        let mine = participant::mine(&scene, &sample::me(&scene, 1));
        let page = view(
            &scene,
            Class::Participant,
            "a",
            &tree,
            Some(&mine),
            String::new,
        )
        .to_html();
        let at = format!("data-at=\"{}-{}\"", scene.state.seq, tree.flatten().hash());
        assert!(page.contains(&at), "{page}");
        assert!(
            page.contains("id=\"scen\"") && page.contains("id=\"mitt\""),
            "{page}"
        );
        assert!(page.contains("strom?vy=delta"), "{page}");
    }
}
